/** Before a ballot opens: who may vote per side, who is left out and why, the quorum, and what to mind. */
import { useState } from "preact/hooks"
import { n, t } from "../../lib/texts"
import { Icon, SideMark } from "../../lib/ui"
import { may, value } from "../../lib/view"
import { Act, press } from "../press"
import { byName, person, personName, room, sides } from "../seen"
import type { Before, Poll, Register } from "../shapes"
import { placeWord, presenceWord } from "../words"
import { Check } from "./fields"
import { useFocusFirst } from "./focus"
import { lengthWord } from "./morefields"
import { leftOutWord } from "./words"

interface Props {
  id: string
  poll: Poll
  place: string
  done: () => void
}

export function BeforeOpening({ id, poll, place, done }: Props) {
  const shown = value<Before>(`polls.${id}.before`)
  const before = shown ?? fromRegister(poll)
  const [warned, setWarned] = useState(false)
  const box = useFocusFirst<HTMLElement>()
  const warns = before.warnings.length > 0
  const open = async () => {
    const body = { poll: id, from: poll.state, ...(poll.secret && shown ? { warned } : {}) }
    if (await press(place, "poll.open", body)) done()
  }
  return (
    <section ref={box} class="c-register" aria-label={t("Who may vote")}>
      <h4>{n("{n} person may vote", "{n} people may vote", before.total)}</h4>
      {sides().length > 1 && (
        <ul class="c-register-sides">
          {sides().map(({ id: side, title }) => (
            <li key={side}>
              <SideMark side={side} /> {title}: <strong>{before.sides[side] ?? 0}</strong>
            </li>
          ))}
        </ul>
      )}
      <p class="c-soft">
        {t("The list is frozen when the ballot opens. Whoever is on it may vote, connected at this moment or not.")}
      </p>
      <Quorum stands={before.quorum} />
      <LeftOut id={id} before={before} place={place} />
      {(poll.admitted?.length ?? 0) > 0 && (
        <p class="c-soft">
          {t("Added by hand: {names}", { names: (poll.admitted ?? []).map(personName).sort(byName).join(", ") })}
        </p>
      )}
      {warns && <Warnings before={before} warned={warned} setWarned={setWarned} />}
      <div class="c-acts">
        <Act tone="main" icon="vote" off={warns && !warned} onPress={open}>
          {poll.seconds
            ? t("Open the ballot for {time}", { time: lengthWord(poll.seconds) })
            : t("Open the ballot now")}
        </Act>
        <Act tone="quiet" onPress={done}>
          {t("Not yet")}
        </Act>
      </div>
    </section>
  )
}

/** Where the house shows no list of this very question: everybody checked in. */
function fromRegister(poll: Poll): Before {
  const register = value<Register>("people.register")
  const admitted = poll.admitted ?? []
  const out = (register?.left_out ?? []).filter((it) => !admitted.includes(it))
  const added = admitted.filter((it) => register?.left_out.includes(it))
  const perSide = sides().map(
    ({ id }) => [id, (register?.sides[id] ?? 0) + added.filter((it) => person(it)?.side === id).length] as const,
  )
  return {
    total: (register?.total ?? 0) + added.length,
    sides: Object.fromEntries(perSide),
    left_out: { n: out.length, people: out.map((it) => ({ person: it, why: "not-here" })) },
    quorum: null,
    warnings: [],
  }
}

function Quorum({ stands }: { stands: boolean | null }) {
  if (stands === null) return null
  return (
    <p class={stands ? "" : "c-need"}>
      <Icon name={stands ? "check" : "warn"} />{" "}
      {stands
        ? t("The quorum can be reached if all of them vote.")
        : t("The quorum cannot be reached, even if all of them vote.")}
    </p>
  )
}

function groupWord(kind: string, id: string): string {
  if (kind === "all") return t("The list")
  return kind === "side" ? (sides().find((it) => it.id === id)?.title ?? id) : placeWord(room(id)?.name ?? id)
}

interface WarningsProps {
  before: Before
  warned: boolean
  setWarned: (known: boolean) => void
}

function Warnings({ before, warned, setWarned }: WarningsProps) {
  return (
    <div class="c-warnings" role="group" aria-label={t("Please mind")}>
      <ul>
        {before.warnings.map(({ kind, id, n: few }) => (
          <li key={`${kind} ${id}`}>
            <Icon name="warn" />{" "}
            {n(
              "{group} has only {n} voter. In so small a group a secret vote may be guessed.",
              "{group} has only {n} voters. In so small a group a secret vote may be guessed.",
              few,
              { group: groupWord(kind, id) },
            )}
          </li>
        ))}
      </ul>
      <Check checked={warned} change={setWarned} words={t("I know this, and open it all the same")} />
    </div>
  )
}

function LeftOut({ id, before, place }: { id: string; before: Before; place: string }) {
  const { n: number, people: out } = before.left_out
  if (!number) return <p>{t("Nobody is left out.")}</p>
  const rest = number - out.length
  return (
    <details class="c-left-out" open={number <= 8}>
      <summary>{n("{n} person is left out", "{n} people are left out", number)}</summary>
      <ul class="c-members">
        {[...out]
          .sort((a, b) => byName(personName(a.person), personName(b.person)))
          .map(({ person: it, why }) => (
            <li key={it}>
              <span class="c-member-name">
                {personName(it)} <SideMark side={person(it)?.side ?? null} />
                <small>
                  {leftOutWord(why)}, {presenceWord(person(it)?.presence ?? "gone")}
                </small>
              </span>
              {may("poll.admit") && why !== "excluded" && why !== "removed" && (
                <Act
                  icon="plus"
                  label={t("Add {name} to this ballot", { name: personName(it) })}
                  onPress={() => press(place, "poll.admit", { poll: id, person: it })}
                >
                  {t("Add")}
                </Act>
              )}
            </li>
          ))}
      </ul>
      {rest > 0 && <p class="c-soft">{n("and {n} more person", "and {n} more people", rest)}</p>}
    </details>
  )
}
