-- Lists are read in this index's own order, and what they leave out is seen in it: no list is sorted,
-- no count reads a record. Written without room, since the schema must stay on the file's first page:
-- each further page of it would be one more without which nothing of a damaged file is read.
DROP INDEX IF EXISTS record_list;
CREATE INDEX record_list ON record(
void IS NOT NULL,occurred_on DESC,book DESC,seq DESC,idx,actor,form,void,same_as,parent_actor
)WHERE parent_actor IS NULL;
