/** One person at the door: who, at what they are stuck, the number to call, and behind their name what can be done. */
import { clockTime, now } from "../lib/clock"
import { t } from "../lib/texts"
import { Icon, SideMark } from "../lib/ui"
import { checkWords, standingWord, stuckWords, unfolded, type State, type Visitor } from "./atdoor"
import { Mover } from "./mover"
import { NewCode } from "./newcode"
import { Consent, PersonActs } from "./personacts"
import { breakouts, calls, isStaff } from "./seen"
import { helpWord, presenceWord, roleWord, waited } from "./words"

interface RowProps {
  visitor: Visitor
  /** The state that the list stands for; where it is another one, or none, the row says its own. */
  listed?: State
}

export function DoorRow({ visitor: it, listed }: RowProps) {
  const open = unfolded.value?.id === it.id
  const { person, state } = it
  const unfold = () => void (unfolded.value = { id: it.id, state: listed ?? state })
  return (
    <li class={`c-visitor ${open ? "c-person-open" : ""}`}>
      <button
        type="button"
        class="c-visitor-name"
        aria-expanded={open}
        onClick={() => (open ? (unfolded.value = null) : unfold())}
      >
        <span>{person.name}</span>
        <SideMark side={person.side} />
        <span class="c-soft">{details(it, state !== listed)}</span>
      </button>
      {person.telephone && (
        <a class="c-person-tel" href={`tel:${person.telephone.replace(/[^+\d]/g, "")}`}>
          <Icon name="phone" />
          <span>{person.telephone}</span>
        </a>
      )}
      {state === "absent" && !open && <NewCode person={it.id} quiet onBegin={unfold} />}
      {open && <Card visitor={it} />}
    </li>
  )
}

function details({ id, person, door, state }: Visitor, named: boolean): string {
  const call = calls().find((each) => each.person === id)
  const facts = [
    named ? standingWord(state) : null,
    person.role !== "citizen" ? roleWord(person.role) : null,
    person.by_telephone ? t("by telephone") : null,
    state === "help" && call ? `${helpWord(call.kind)}, ${waited(now.value - call.since)}` : null,
    state === "stuck" ? stuckWords(door) : null,
    state === "absent" && person.presence === "quiet" ? presenceWord("quiet") : null,
    state === "absent" && person.presence === "gone" && person.checked_in ? t("was here before") : null,
  ]
  return facts.filter(Boolean).join(" · ")
}

function Card({ visitor: { id, person, door } }: { visitor: Visitor }) {
  return (
    <div class="c-more">
      {door?.since && (
        <p class="c-soft">
          {t("Check at {time}: {outcomes}", { time: clockTime(door.since), outcomes: checkWords(door).join(" · ") })}
        </p>
      )}
      {person.needs && <p>{t("Needs: {needs}", { needs: person.needs })}</p>}
      <Consent person={person} />
      <div class="c-acts">
        <PersonActs id={id} place="door" />
        {breakouts().length > 0 && !isStaff(person.role) && (
          <Mover person={id} at={person.seat_room ?? person.room} rooms={breakouts()} place="door" />
        )}
      </div>
    </div>
  )
}
