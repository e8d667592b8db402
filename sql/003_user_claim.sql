-- What a user had said of an address before it became a configured root: it counts again when the root goes.
alter table watched_address add column user_entity text;
