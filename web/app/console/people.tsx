/** Who is here of who is expected, and everybody by name, with presence and room. */
import { signal } from "@preact/signals"
import { list, n, t } from "../lib/texts"
import { Bar, Icon, SideMark } from "../lib/ui"
import { ChairLine } from "./chair"
import { ConductFacts } from "./conductdialog"
import { Dot, Sign } from "./icons"
import { OutsideLinks } from "./links"
import { Mover } from "./mover"
import { Consent, PersonActs } from "./personacts"
import { ConductMark, PersonMenu } from "./personmenu"
import { Act, Answer } from "./press"
import { chairs, give } from "./queue"
import { WeakLine } from "./roomfacts"
import { breakouts, byName, expected, hereRoom, isStaff, people, present, room, sides } from "./seen"
import type { Person } from "./shapes"
import { languageName, presenceWord, roleWord } from "./words"

type Filter = "all" | "here" | "away" | "staff"

const filter = signal<Filter>("all")
const sought = signal("")
const unfolded = signal<string | null>(null)
const shown = signal(120)

export function People() {
  return (
    <div class="c-people">
      <ChairLine />
      <Attendance />
      <OutsideLinks room="plenary" links={plenaryLinks()} />
      <Find />
      <Answer place="people" />
      <List />
    </div>
  )
}

const plenaryLinks = () => (hereRoom()?.kind === "plenary" ? hereRoom()?.links : room("plenary")?.link) ?? {}

function Attendance() {
  const [here, of] = [present(), expected()]
  if (!here || !of) return null
  const rows = [...sides(), { id: "", title: t("All together") }]
  return (
    <ul class="c-attendance">
      {rows.map(({ id, title }, at) => {
        const [come, wanted] = id ? [here.sides[id] ?? 0, of.sides[id] ?? 0] : [here.total, of.total]
        return (
          <li key={id}>
            <span class="c-attendance-side">
              {id && <SideMark side={id} />} {title}
            </span>
            <strong>{t("{here} of {expected}", { here: come, expected: wanted })}</strong>
            <Bar part={wanted ? come / wanted : 0} tone={id ? (TONES[at % 4] ?? "time") : "time"} />
            <span class="c-soft">{missing(wanted - come)}</span>
          </li>
        )
      })}
    </ul>
  )
}

const TONES = ["side-0", "side-1", "side-2", "side-3"] as const
const missing = (count: number) => (count > 0 ? n("{n} is not here", "{n} are not here", count) : t("all here"))

const FILTERS: Record<Filter, { words: () => string; fits: (it: Person) => boolean }> = {
  all: { words: () => t("Everybody"), fits: () => true },
  here: { words: () => t("Here"), fits: (it) => it.presence === "here" },
  away: { words: () => t("Quiet or not here"), fits: (it) => it.presence !== "here" },
  staff: { words: () => t("Staff"), fits: (it) => isStaff(it.role) },
}

function Find() {
  const all = people()
  return (
    <div class="c-find">
      <label class="c-search">
        <Sign name="lens" />
        <span class="unseen">{t("Search by name")}</span>
        <input
          type="search"
          placeholder={t("Search by name")}
          value={sought.value}
          onInput={(event) => (sought.value = event.currentTarget.value)}
        />
      </label>
      <fieldset class="c-segments">
        <legend class="unseen">{t("Who is shown")}</legend>
        {(Object.keys(FILTERS) as Filter[]).map((name) => (
          <label key={name}>
            <input
              type="radio"
              name="c-filter"
              checked={filter.value === name}
              onChange={() => (filter.value = name)}
            />
            <span>
              {FILTERS[name].words()} <small>{all.filter(([, it]) => FILTERS[name].fits(it)).length}</small>
            </span>
          </label>
        ))}
      </fieldset>
    </div>
  )
}

const plain = (words: string) => words.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase()

function found(): [string, Person][] {
  const words = plain(sought.value.trim())
  return people()
    .filter(([, it]) => FILTERS[filter.value].fits(it) && plain(it.name).includes(words))
    .sort(([, a], [, b]) => byName(a.name, b.name))
}

function List() {
  const all = found()
  if (!all.length) return <p class="c-nobody">{t("Nobody of that name")}</p>
  return (
    <>
      <ul class="c-persons">
        {all.slice(0, shown.value).map(([id, it]) => (
          <Row key={id} id={id} person={it} />
        ))}
      </ul>
      {all.length > shown.value && <Act onPress={() => (shown.value += 200)}>{t("Show more")}</Act>}
    </>
  )
}

function Row({ id, person: it }: { id: string; person: Person }) {
  const open = unfolded.value === id
  return (
    <li class={`c-person ${open ? "c-person-open" : ""}`}>
      <button
        type="button"
        class="c-person-row"
        aria-expanded={open}
        onClick={() => (unfolded.value = open ? null : id)}
      >
        <span class={`c-presence c-presence-${it.presence}`}>
          <Dot kind={it.presence} />
          <span>{presenceWord(it.by_telephone ? "telephone" : it.presence)}</span>
        </span>
        <span class="c-person-name">
          {it.name} <ConductMark id={id} />
          {it.weak_line && <WeakLine />}
        </span>
        <SideMark side={it.side} />
        <span class="c-person-role">{isStaff(it.role) || it.role === "guest" ? roleWord(it.role) : ""}</span>
        <span class="c-person-room">{it.room && it.room !== "lobby" ? (room(it.room)?.name ?? it.room) : ""}</span>
      </button>
      {it.telephone && (
        <a class="c-person-tel" href={`tel:${it.telephone.replace(/[^+\d]/g, "")}`}>
          <Icon name="phone" />
          <span>{it.telephone}</span>
        </a>
      )}
      {open && <Card id={id} person={it} />}
    </li>
  )
}

function Card({ id, person: it }: { id: string; person: Person }) {
  const speaks = list(it.speaks.map(languageName))
  const also = it.understands.filter((code) => !it.speaks.includes(code)).map(languageName)
  return (
    <div class="c-more">
      <dl>
        <Fact words={t("Speaks")} what={speaks} />
        {also.length > 0 && <Fact words={t("Also understands")} what={list(also)} />}
        <Fact words={t("Checked in")} what={it.checked_in ? t("Yes") : t("No")} />
        {it.seat_room && it.seat_room !== it.room && (
          <Fact words={t("Seat")} what={room(it.seat_room)?.name ?? it.seat_room} />
        )}
        {it.email && <Fact words={t("Email")} what={it.email} />}
        {it.needs && <Fact words={t("Needs")} what={it.needs} />}
        {Object.entries(it.attributes ?? {}).map(([name, what]) => (
          <Fact key={name} words={name} what={what} />
        ))}
      </dl>
      <ConductFacts id={id} />
      <Consent person={it} />
      <div class="c-acts">
        {chairs() && it.presence !== "gone" && it.room !== "lobby" && (
          <Act icon="speak" label={t("Give the floor to {name}", { name: it.name })} onPress={() => give(id, "people")}>
            {t("Give the floor")}
          </Act>
        )}
        {breakouts().length > 0 && (
          <Mover person={id} at={it.seat_room ?? it.room} rooms={breakouts()} place="people" />
        )}
        <PersonActs id={id} place="people" />
        <PersonMenu id={id} place="people" />
      </div>
    </div>
  )
}

function Fact({ words, what }: { words: string; what: string }) {
  return (
    <div>
      <dt>{words}</dt>
      <dd>{what}</dd>
    </div>
  )
}
