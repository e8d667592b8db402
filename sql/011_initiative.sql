-- What others do to a subject has a history of its own, and a called contract is no payment to it. What is stored
-- already is judged anew when it is loaded next.
alter table activity add column is_unasked boolean not null generated always as (direction = 'in' and not is_signed) stored;
drop index activity_largest_of_subject, activity_largest_of_entity;
create index activity_largest_of_subject on activity (chain_id, subject, rule_token, is_unasked, usd_cents desc)
    where spam = 'none' and relation = 'outsider' and direction <> 'self' and usd_cents is not null;
create index activity_largest_of_entity on activity (chain_id, entity, rule_token, is_unasked, usd_cents desc)
    where spam = 'none' and relation = 'outsider' and direction <> 'self' and usd_cents is not null;
alter table contact
    add column direction text not null default 'out',       -- of the activity
    add column is_called boolean not null default false;    -- not the counterparty's, but the called contract's alone
drop index contact_largest_of_subject, contact_largest_of_entity;
create index contact_largest_of_subject on contact (chain_id, subject, organisation, direction, usd_cents desc)
    where usd_cents is not null and not is_called and (direction = 'out' or not is_signed);
create index contact_largest_of_entity on contact (chain_id, entity, organisation, direction, usd_cents desc)
    where usd_cents is not null and not is_called and (direction = 'out' or not is_signed);
-- By which rules activities, contacts and repeat keys are stored; 0: those of before.
alter table chain add column facts_version integer not null default 0;
update contact c set direction = a.direction from activity a
    where a.chain_id = c.chain_id and a.block_num = c.block_num and a.ordinal = c.ordinal;

-- Keys of what came in unasked say so, as they do from now on: nothing is raised a second time.
update repeat_key k set repeat_key = k.repeat_key || '|in'
    where k.repeat_key like 'S2|%' and not exists (select 1 from contact c where c.chain_id = k.chain_id
        and c.block_num = k.block_num and '0x' || encode(c.subject, 'hex') = split_part(k.repeat_key, '|', 2)
        and c.organisation = split_part(k.repeat_key, '|', 3) and (c.is_signed or c.direction = 'out'));
update repeat_key k set repeat_key = k.repeat_key || '|in'
    where k.repeat_key like 'S3|%' and not exists (select 1 from activity a where a.chain_id = k.chain_id
        and a.block_num = k.block_num and '0x' || encode(a.subject, 'hex') = split_part(k.repeat_key, '|', 2)
        and '0x' || encode(a.rule_token, 'hex') = split_part(k.repeat_key, '|', 3) and not a.is_unasked);
update repeat_key k set repeat_key = k.repeat_key || '|in'
    where k.repeat_key like 'S4|%' and not exists (select 1 from contact c where c.chain_id = k.chain_id
        and c.block_num = k.block_num and '0x' || encode(c.subject, 'hex') = split_part(k.repeat_key, '|', 2)
        and c.organisation = split_part(k.repeat_key, '|', 3) and c.direction = 'out');
-- Those of somebody flagged name the direction or call, and how grave it was: the alert tells.
insert into repeat_key (chain_id, repeat_key, block_num)
    select distinct chain_id, repeat_key || '|' || role || '|' || case
        when role = 'in' and not signed and usd < 1000 then 'medium'
        when flag = 'sanctioned' or (flag = 'phishing' and role <> 'in') then 'critical' else 'high' end, block_num
    from (select k.*, r -> 'evidence' ->> 'flag' as flag, (r ->> 'usd')::numeric as usd,
            r -> 'evidence' ->> 'signed' = 'yes' as signed,
            case when r ->> 'counterparty' = r -> 'evidence' ->> 'flagged' then r ->> 'direction' else 'called' end
                as role
        from repeat_key k join alert a on a.chain_id = k.chain_id and a.block_num = k.block_num
            and '0x' || encode(a.address, 'hex') = split_part(k.repeat_key, '|', 2)
        cross join lateral jsonb_array_elements(a.content::jsonb -> 'reasons') r
        where k.repeat_key like 'T2|%' and r ->> 'rule' = 'T2'
            and lower(r -> 'evidence' ->> 'flagged') = split_part(k.repeat_key, '|', 3)) old
    on conflict do nothing;
delete from repeat_key where repeat_key like 'T2|%' and repeat_key not like 'T2|%|%|%|%';
