"""What must hold of rights whoever writes and however many write at once: the database's own refusal.

The services say the same beforehand and more kindly (which role, until when); these triggers are for two who write at
the same moment, and for those who pass the services by. Each locks the person (rights) or the body (abolition) first,
so that the second writer looks only after the first has committed. An exclusion constraint would need the extension
btree_gist, which the embedded server does not have.

The message of a refusal is shown to people as it stands (``services.refusals``).
"""

from __future__ import annotations

import pgtrigger

from gongkai.office.bodies.roles import ADMINISTRATORS

_ADMINISTRATORS = ", ".join(sorted(f"'{role.value}'" for role in ADMINISTRATORS))


def _term(row: str) -> str:
    """Both days belong to a term, "no end" is for ever. One that ends the day before it begins was withdrawn: empty."""
    return f"daterange({row}.valid_from, {row}.valid_to + 1, '[)')"


# An end that comes nearer takes nothing that another could have: it needs no second look, and no lock.
_ONLY_SHORTER = f"""
    IF isempty({_term("NEW")}) THEN RETURN NULL; END IF;
    IF TG_OP = 'UPDATE'
        AND to_jsonb(NEW) - '{{valid_to,ground}}'::text[] = to_jsonb(OLD) - '{{valid_to,ground}}'::text[]
        AND {_term("NEW")} <@ {_term("OLD")} THEN RETURN NULL;
    END IF;
"""

_BODY_STANDS = """
    SELECT abolished_on INTO gone FROM bodies_body WHERE id = NEW.body_id FOR SHARE;
    IF gone <= coalesce(NEW.valid_to, 'infinity'::date) THEN
        RAISE EXCEPTION '该机关已于%撤销，自该日起不能再有角色', to_char(gone, 'FMYYYY年FMMM月FMDD日')
            USING ERRCODE = 'exclusion_violation', CONSTRAINT = 'role_in_abolished_body';
    END IF;
"""

HOLDING_STANDS = pgtrigger.Trigger(
    name="holding_stands",
    operation=pgtrigger.Insert | pgtrigger.Update,
    when=pgtrigger.After,
    declare=[("gone", "date")],
    func=f"""
    {_ONLY_SHORTER}
    PERFORM 1 FROM bodies_person WHERE id = NEW.person_id FOR NO KEY UPDATE;
    IF EXISTS (
        SELECT 1 FROM bodies_roleholding other
        WHERE other.person_id = NEW.person_id AND other.id <> NEW.id AND other.role = NEW.role
            AND other.body_id = NEW.body_id AND {_term("other")} && {_term("NEW")}
    ) THEN
        RAISE EXCEPTION '此人在这段时间内已有同一机关的同一角色'
            USING ERRCODE = 'exclusion_violation', CONSTRAINT = 'role_held_once';
    END IF;
    IF NEW.role IN ({_ADMINISTRATORS}) AND EXISTS (
        SELECT 1 FROM bodies_roleholding other
        WHERE other.person_id = NEW.person_id AND other.role IN ({_ADMINISTRATORS}) AND other.role <> NEW.role
            AND {_term("other")} && {_term("NEW")}
    ) THEN
        RAISE EXCEPTION '系统管理员、安全保密管理员、安全审计员须由三个人分别担任，此人在这段时间内已担任其中一个'
            USING ERRCODE = 'exclusion_violation', CONSTRAINT = 'three_administrators';
    END IF;
    {_BODY_STANDS}
    RETURN NULL;
    """,
)

STAND_IN_STANDS = pgtrigger.Trigger(
    name="stand_in_stands",
    operation=pgtrigger.Insert | pgtrigger.Update,
    when=pgtrigger.After,
    declare=[("gone", "date")],
    func=f"""
    {_ONLY_SHORTER}
    PERFORM 1 FROM bodies_person WHERE id = NEW.absent_id FOR NO KEY UPDATE;
    IF EXISTS (
        SELECT 1 FROM bodies_standin other
        WHERE other.absent_id = NEW.absent_id AND other.id <> NEW.id AND other.body_id = NEW.body_id
            AND {_term("other")} && {_term("NEW")}
    ) THEN
        RAISE EXCEPTION '此人在这段时间内已有人代行'
            USING ERRCODE = 'exclusion_violation', CONSTRAINT = 'one_stand_in';
    END IF;
    {_BODY_STANDS}
    RETURN NULL;
    """,
)

NO_ROLES_LEFT = pgtrigger.Trigger(
    name="no_roles_left",
    operation=pgtrigger.Insert | pgtrigger.Update,
    when=pgtrigger.After,
    condition=pgtrigger.Condition("NEW.abolished_on IS NOT NULL"),
    func="""
    IF EXISTS (
        SELECT 1 FROM bodies_roleholding held WHERE held.body_id = NEW.id
            AND (held.valid_to IS NULL OR held.valid_to >= greatest(held.valid_from, NEW.abolished_on))
    ) THEN
        RAISE EXCEPTION '该机关在撤销日期之后还有人员任职，须先终止其角色'
            USING ERRCODE = 'exclusion_violation', CONSTRAINT = 'role_in_abolished_body';
    END IF;
    RETURN NULL;
    """,
)
