-- Where in its source the tip was read: reading goes on behind it if the tip's block is still there. Null: not known.
alter table chain add column source_file bytea;    -- a file's name without its folder, in whatever encoding
alter table chain add column source_line bigint;
