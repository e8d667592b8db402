-- Which addresses are judged for the first time is asked at every commit: of a million, mostly none.
create index watched_address_unknown on watched_address (chain_id, effective_from) where known_from is null;
