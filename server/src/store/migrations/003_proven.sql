-- Whether every cursor of what a device stood on was one of this log, or came under the server's
-- word. Only then does the server give its word for it again.
ALTER TABLE device ADD COLUMN last_proven INTEGER NOT NULL DEFAULT 0;
ALTER TABLE device ADD COLUMN prior_proven INTEGER NOT NULL DEFAULT 0;
