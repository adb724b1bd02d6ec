-- The act log in the database: nothing is changed or deleted, and every act is tied to the one before it at commit.

-- The text of an act that is hashed. Version 1; a later column means a new version beside this one, because the text
-- of acts already chained must never change.
CREATE FUNCTION acts_canonical(a acts_act) RETURNS text
LANGUAGE sql STABLE SET timezone = 'UTC' AS $$
    SELECT jsonb_build_object(
        'version', 1, 'id', a.id, 'at', a.at, 'verb', a.verb, 'label', a.label, 'actor_id', a.actor_id,
        'actor_name', a.actor_name, 'role', a.role, 'standing_in_for', a.standing_in_for, 'body_id', a.body_id,
        'body_name', a.body_name, 'thing_type', a.thing_type, 'thing_id', a.thing_id, 'thing_name', a.thing_name,
        'detail', a.detail, 'ground', a.ground, 'request_number', a.request_number, 'address', a.address
    )::text
$$;

CREATE FUNCTION acts_chain() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    last acts_link%ROWTYPE;
    before text := repeat('0', 64);
BEGIN
    -- One commit at a time ties its acts: otherwise two would follow the same link.
    PERFORM pg_advisory_xact_lock(7301601);
    SELECT * INTO last FROM acts_link ORDER BY sequence DESC LIMIT 1;
    IF FOUND THEN before := last.hash; END IF;
    INSERT INTO acts_link (act_id, sequence, previous, hash) VALUES (
        NEW.id, coalesce(last.sequence, 0) + 1, before,
        encode(sha256(convert_to(before || E'\n' || acts_canonical(NEW), 'UTF8')), 'hex')
    );
    RETURN NULL;
END $$;

-- Deferred to the commit, so that the lock is held for that moment only.
CREATE CONSTRAINT TRIGGER acts_act_chain AFTER INSERT ON acts_act
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION acts_chain();

CREATE FUNCTION acts_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '操作日志只能增加，不能修改或删除（%）', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
END $$;

-- Links come from the chain trigger alone; a hand-made one would be a forgery.
CREATE FUNCTION acts_refuse_foreign_link() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF pg_trigger_depth() < 2 THEN
        RAISE EXCEPTION '操作日志的校验链由数据库生成，不能另行写入' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER acts_act_fixed BEFORE UPDATE OR DELETE ON acts_act
FOR EACH ROW EXECUTE FUNCTION acts_refuse_change();
CREATE TRIGGER acts_act_kept BEFORE TRUNCATE ON acts_act EXECUTE FUNCTION acts_refuse_change();
CREATE TRIGGER acts_link_fixed BEFORE UPDATE OR DELETE ON acts_link
FOR EACH ROW EXECUTE FUNCTION acts_refuse_change();
CREATE TRIGGER acts_link_kept BEFORE TRUNCATE ON acts_link EXECUTE FUNCTION acts_refuse_change();
CREATE TRIGGER acts_link_born BEFORE INSERT ON acts_link
FOR EACH ROW EXECUTE FUNCTION acts_refuse_foreign_link();

-- "Always": also where a session says that it replicates (session_replication_role), which would silence the others.
ALTER TABLE acts_act ENABLE ALWAYS TRIGGER acts_act_chain;
ALTER TABLE acts_act ENABLE ALWAYS TRIGGER acts_act_fixed;
ALTER TABLE acts_act ENABLE ALWAYS TRIGGER acts_act_kept;
ALTER TABLE acts_link ENABLE ALWAYS TRIGGER acts_link_fixed;
ALTER TABLE acts_link ENABLE ALWAYS TRIGGER acts_link_kept;
ALTER TABLE acts_link ENABLE ALWAYS TRIGGER acts_link_born;
