/** What most votes do not need, folded: who votes, how it is shown and published, late ballots, a trial. */
import { n, t } from "../../lib/texts"
import { breakouts, byName, people, sides } from "../seen"
import { placeWord, roleWord } from "../words"
import { type Voters, change, changeVoters, draft, givesReceipts, needsPatterns } from "./draft"
import { Check, Pick } from "./fields"
import { MoreOfRule } from "./rulefields"

const LATE = [0, 60, 120, 300, 600, 3600, 86_400, 172_800]
const ROLES = ["guest", "expert", "facilitator", "note-taker", "interpreter", "support", "lead"]

/** "5 min", "2 h", "40 s". */
export function lengthWord(seconds: number): string {
  if (seconds % 3600 === 0) return n("{n} h", "{n} h", seconds / 3600)
  return seconds % 60 === 0 ? n("{n} min", "{n} min", seconds / 60) : n("{n} s", "{n} s", seconds)
}

export function MoreFields() {
  return (
    <details class="c-more-fields">
      <summary>{t("More: quorum, sides, who votes, what is published, a trial")}</summary>
      <MoreOfRule />
      <WhoVotes />
      <Shown />
    </details>
  )
}

function Shown() {
  const it = draft.value
  return (
    <fieldset class="c-ticks">
      <legend>{t("How it is held and shown")}</legend>
      {sides().length > 1 && (
        <Check
          checked={it.by_side}
          change={(by_side) => change({ by_side })}
          words={t("Show the result per side as well")}
        />
      )}
      {["ranking", "points"].includes(it.method) && (
        <Check
          checked={it.patterns || needsPatterns(it)}
          off={needsPatterns(it)}
          change={(patterns) => change({ patterns })}
          words={t("Publish whole papers without names, so that others can count them too (the ballot says so)")}
        />
      )}
      {givesReceipts(it) && <Receipts />}
      <Check checked={it.trial} change={(trial) => change({ trial })} words={t("A trial ballot: it decides nothing")} />
      <Check
        checked={it.each_room}
        change={(each_room) => change({ each_room })}
        words={t("Each room votes by itself")}
      />
      <Pick
        words={t("Late ballots of those who dropped out")}
        value={String(it.late)}
        change={(late) => change({ late: Number(late) })}
        offered={[...new Set([...LATE, it.late])].map((seconds) => [
          String(seconds),
          seconds
            ? t("taken for {time} after the close; nobody sees a result before", { time: lengthWord(seconds) })
            : t("are not taken"),
        ])}
      />
    </fieldset>
  )
}

function Receipts() {
  const { receipts } = draft.value
  return (
    <>
      <Check
        checked={receipts}
        change={(on) => change({ receipts: on })}
        words={t("Give everybody a code to check their ballot by")}
      />
      {receipts && (
        <p class="c-answer c-answer-refused">
          {t("Such a code can be used to show others how one voted. Do not give it where somebody may be pressed.")}
        </p>
      )}
    </>
  )
}

type Kind = "all" | "some" | "list"

const kindOf = ({ people: listed, sides: some, rooms, roles }: Voters): Kind =>
  listed ? "list" : some || rooms || roles.length ? "some" : "all"

function WhoVotes() {
  const { voters } = draft.value
  const kind = kindOf(voters)
  const kinds: [Kind, string][] = [
    ["all", t("Everybody checked in")],
    ["some", t("Some sides, rooms or roles")],
    ["list", t("Exactly these people")],
  ]
  const choose = (next: Kind) =>
    changeVoters({
      sides: next === "some" ? [] : null,
      rooms: null,
      roles: [],
      people: next === "list" ? [] : null,
    })
  return (
    <fieldset class="c-who-votes">
      <legend>{t("Who may vote")}</legend>
      <div class="c-ticks">
        {kinds.map(([id, words]) => (
          <label key={id} class="c-check">
            <input type="radio" name="c-who-votes" checked={kind === id} onChange={() => choose(id)} />
            {words}
          </label>
        ))}
      </div>
      {kind === "some" && <Some voters={voters} />}
      {kind === "list" && <Listed listed={voters.people ?? []} />}
    </fieldset>
  )
}

function toggled(all: readonly string[] | null, id: string, on: boolean): string[] {
  const rest = (all ?? []).filter((it) => it !== id)
  return on ? [...rest, id] : rest
}

function Some({ voters }: { voters: Voters }) {
  return (
    <>
      {sides().length > 1 && (
        <div class="c-ticks">
          {sides().map(({ id, title }) => (
            <Check
              key={id}
              checked={voters.sides?.includes(id) ?? false}
              change={(on) => changeVoters({ sides: toggled(voters.sides, id, on) })}
              words={t("Citizens of {side}", { side: title })}
            />
          ))}
        </div>
      )}
      {breakouts().length > 0 && (
        <details open={Boolean(voters.rooms?.length)}>
          <summary>{t("Only those of some rooms")}</summary>
          <div class="c-ticks">
            {breakouts().map(({ id, name }) => (
              <Check
                key={id}
                checked={voters.rooms?.includes(id) ?? false}
                change={(on) => changeVoters({ rooms: toggled(voters.rooms, id, on) })}
                words={placeWord(name)}
              />
            ))}
          </div>
        </details>
      )}
      <details open={voters.roles.length > 0}>
        <summary>{t("Others beside the citizens")}</summary>
        <div class="c-ticks">
          {ROLES.map((role) => (
            <Check
              key={role}
              checked={voters.roles.includes(role)}
              change={(on) => changeVoters({ roles: toggled(voters.roles, role, on) })}
              words={roleWord(role)}
            />
          ))}
        </div>
      </details>
    </>
  )
}

function Listed({ listed }: { listed: readonly string[] }) {
  const citizens = people()
    .filter(([, it]) => it.role === "citizen")
    .sort(([, a], [, b]) => byName(a.name, b.name))
  return (
    <>
      <p class="c-soft">{n("{n} person is on the list", "{n} people are on the list", listed.length)}</p>
      <div class="c-ticks c-listed">
        {citizens.map(([id, it]) => (
          <Check
            key={id}
            checked={listed.includes(id)}
            change={(on) => changeVoters({ people: toggled(listed, id, on) })}
            words={it.name}
          />
        ))}
      </div>
    </>
  )
}
