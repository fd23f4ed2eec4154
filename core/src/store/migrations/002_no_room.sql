-- An entry for which the district had no room was marked as refused and never sent again. It is
-- unsent, with the reason (ProblemKind 9) beside it.
UPDATE entry SET state = 0 WHERE state = 3 AND problem = 9;
