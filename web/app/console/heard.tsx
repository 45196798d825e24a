/** Who has been heard: shares of the speaking time beside shares of the people, for the team only. */
import { signal } from "@preact/signals"
import { number, t } from "../lib/texts"
import { Bar, SideMark } from "../lib/ui"
import { value } from "../lib/view"
import { EachPerson } from "./nudge"
import { Answer } from "./press"
import { breakouts, hereRoom, sides } from "./seen"
import type { Share, Shares } from "./shapes"
import { languageName } from "./words"

/** Of which room: this one, another open one, or the whole session. */
const of = signal("here")
const unfolded = signal(false)

export function Heard() {
  if (!value<Shares>("floor.shares")) return null
  return (
    <details
      class="c-heard"
      open={unfolded.value}
      onToggle={(event) => (unfolded.value = event.currentTarget.open)}
    >
      <summary>{t("Who has been heard")}</summary>
      {unfolded.value && (
        <>
          <Choice />
          <AllShares shares={value<Shares>(path()) ?? {}} />
          <Answer place="heard" />
          <EachPerson />
        </>
      )}
    </details>
  )
}

function path(): string {
  const chosen = of.value
  if (chosen === "all") return "shares"
  return chosen !== "here" && value(`shares.${chosen}`) ? `shares.${chosen}` : "floor.shares"
}

/** Leads look at other rooms and at the whole session as well. */
function Choice() {
  if (!value<Shares>("shares")) return null
  const others = breakouts().filter((it) => it.id !== hereRoom()?.id && value(`shares.${it.id}`))
  return (
    <label class="c-rule-turn">
      <span>{t("Shares of")}</span>
      <select value={of.value} onChange={(event) => (of.value = event.currentTarget.value)}>
        <option value="here">{hereRoom()?.name}</option>
        {others.map((it) => (
          <option key={it.id} value={it.id}>
            {it.name}
          </option>
        ))}
        <option value="all">{t("The whole session")}</option>
      </select>
    </label>
  )
}

function AllShares({ shares }: { shares: Shares }) {
  if (!Object.keys(shares).length) return <p class="c-soft">{t("No turn has ended yet.")}</p>
  return (
    <>
      <Group words={t("Sides")} groups={shares.sides} name={(id) => sides().find((it) => it.id === id)?.title ?? id} side />
      <Group words={t("Languages")} groups={shares.languages} name={languageName} />
      <Group words={t("Gender")} groups={shares.genders} name={(id) => id} />
    </>
  )
}

interface GroupProps {
  words: string
  groups: Share[] | undefined
  name: (id: string) => string
  side?: boolean
}

const TONES = ["side-0", "side-1", "side-2", "side-3"] as const

function Group({ words, groups, name, side }: GroupProps) {
  if (!groups) return null
  const [time, people] = [sum(groups, "seconds"), sum(groups, "people")]
  return (
    <section class="c-shares" aria-label={words}>
      <h4>{words}</h4>
      {!groups.length && <p class="c-soft">{t("These groups are too small to be shown.")}</p>}
      <ul>
        {groups.map((it) => {
          const place = sides().findIndex((known) => known.id === it.id)
          const [spoken, here] = [time ? it.seconds / time : 0, people ? it.people / people : 0]
          return (
            <li key={it.id} class="c-heard-group">
              <span class="c-share-name">
                {side && <SideMark side={it.id} />} {it.id === "others" ? t("Others") : name(it.id)}
              </span>
              <Bar part={spoken} mark={here} tone={side ? (TONES[place % 4] ?? "time") : "time"} />
              <small>
                {t("{time} of the time, {people} of the people", { time: percent(spoken), people: percent(here) })}
              </small>
            </li>
          )
        })}
      </ul>
    </section>
  )
}

const sum = (groups: Share[], what: "seconds" | "people"): number => groups.reduce((all, it) => all + it[what], 0)
const percent = (part: number): string => number(part, { style: "percent" })
