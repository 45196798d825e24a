"""Roles as recruiters write them, in French, German and English, inclusive forms among them."""

from __future__ import annotations

import re

from rooms.people import Role
from server.roster.words import squeeze

_NAMES: dict[Role, str] = {
    Role.LEAD: """lead | lead facilitator | lead moderator | main facilitator | chief facilitator | chair
        facilitateur principal | facilitatrice principale | facilitation principale | animateur principal
        animatrice principale | animation principale | animateur·rice principal·e | animateur·trice principal·e
        facilitateur·rice principal·e | animation générale | chef de file | pilote
        leitung | hauptmoderation | hauptmoderator | hauptmoderatorin | hauptmoderator/in | gesamtmoderation
        leitende moderation | gesprächsleitung | moderationsleitung""",
    Role.FACILITATOR: """facilitator | room facilitator | moderator | table facilitator | group facilitator
        facilitateur | facilitatrice | facilitateur·rice | facilitateur·trice | facilitation
        animateur | animatrice | animateur·rice | animateur·trice | animation | modérateur | modératrice
        modérateur·rice | modération | animateur de salle | animateur de groupe | animatrice de groupe
        moderation | moderatorin | moderator/in | moderierende | tischmoderation | tischmoderator | tischmoderatorin
        tischmoderator/in | raummoderation | gruppenmoderation | gruppenmoderator | gruppenmoderatorin
        gruppenmoderator/in""",
    Role.NOTE_TAKER: """note-taker | notetaker | note taking | notes | minute taker | scribe
        preneur de notes | preneuse de notes | preneur·se de notes | preneur·euse de notes | prise de notes
        secrétaire | secrétaire de séance
        protokoll | protokollant | protokollantin | protokollant/in | protokollführer | protokollführerin
        protokollführer/in | protokollführung | schriftführer | schriftführerin | schriftführer/in""",
    Role.INTERPRETER: """interpreter | interpretation | interpreting | interprète | interprétation | interprétariat
        dolmetscher | dolmetscherin | dolmetscher/in | dolmetschende | dolmetschen | dolmetschung
        simultandolmetscher | simultandolmetscherin | simultandolmetscher/in""",
    Role.EXPERT: """expert | speaker | resource person | experte | expertin | experte/in | expert/in | expert·e
        intervenant | intervenante | intervenant·e | orateur | oratrice | orateur·rice | personne ressource
        referent | referentin | referent/in | fachperson | fachexperte | fachexpertin | sachverständige
        sachverständiger | sachverständige/r""",
    Role.SUPPORT: """support | technical support | help desk | helpdesk | hotline | helper | technician
        technique | support technique | assistance | assistance technique | assistant | assistante | assistant·e
        technicien | technicienne | technicien·ne | aide | accueil
        technik | technische unterstützung | technischer support | unterstützung | helfer | helferin | helfer/in
        helfende | betreuung | techniker | technikerin | techniker/in""",
    Role.GUEST: """guest | invité | invitée | invité·e | gast | gäste""",
    Role.CITIZEN: """citizen | participant | panel member | panellist | panelist | resident
        citoyen | citoyenne | citoyen·ne | participante | participant·e | habitant | habitante | habitant·e
        panéliste | membre du panel
        bürger | bürgerin | bürger/in | teilnehmer | teilnehmerin | teilnehmer/in | teilnehmende | teilnehmende/r
        teilnehmender | teilnehmende person | einwohner | einwohnerin | einwohner/in""",
    Role.OBSERVER: """observer | observateur | observatrice | observateur·rice | observateur·trice
        beobachter | beobachterin | beobachter/in | beobachtende | beobachtung""",
    Role.EVALUATOR: """evaluator | evaluation | évaluateur | évaluatrice | évaluateur·rice | évaluateur·trice
        évaluation | evaluatorin | evaluator/in | evaluierende | wissenschaftliche begleitung""",
}
_ROLES = {squeeze(name): role for role, names in _NAMES.items() for name in re.split(r"[|\n]", names) if name.strip()}


def find_role(text: str) -> Role | None:
    """The role that a cell names, or None: `citoyen·ne`, `Bürger:in`, `animateur / animatrice`, `Interpreter (DE)`."""
    role = _ROLES.get(squeeze(text)) or _ROLES.get(squeeze(re.sub(r"\([^)]*\)", "", text)))
    if role is not None:
        return role
    parts = re.split(r"[/,|&+]|\b(?:ou|et|oder|und|or|and)\b", text.casefold())
    found = {_ROLES.get(squeeze(part)) for part in parts if squeeze(part)}
    return found.pop() if len(found) == 1 else None
