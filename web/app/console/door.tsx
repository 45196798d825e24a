/** The door: how many of each side are where on their way in, who is stuck at what, and whom to call. */
import { signal } from "@preact/signals"
import { useRef } from "preact/hooks"
import { t } from "../lib/texts"
import { Icon, SideMark } from "../lib/ui"
import { atTheDoor, counts, ordered, STATES, stateWord, type State, type Visitor } from "./atdoor"
import { DoorRow } from "./doorrow"
import { Sign } from "./icons"
import { Act, Answer } from "./press"
import { byName, sides } from "./seen"

const sought = signal("")
const folded = signal<Partial<Record<State, boolean>>>({})
const most = signal(60)

const plain = (words: string) => words.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase()

export function Door() {
  const words = plain(sought.value.trim())
  return (
    <div class="c-door">
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
      <Answer place="door" />
      {words ? <Found words={words} /> : <Groups />}
    </div>
  )
}

function Found({ words }: { words: string }) {
  const found = STATES.flatMap((state) => atTheDoor.value[state])
    .filter((it) => plain(it.person.name).includes(words))
    .sort((a, b) => byName(a.person.name, b.person.name))
  if (!found.length) return <p class="c-nobody">{t("Nobody of that name")}</p>
  return (
    <ul class="c-persons">
      {found.slice(0, 30).map((it) => (
        <DoorRow key={it.id} visitor={it} />
      ))}
    </ul>
  )
}

function Groups() {
  const columns = sides()
  return (
    <div class="c-door-groups" style={{ "--columns": columns.length + 1 }}>
      <div class="c-door-head" aria-hidden="true">
        <span />
        {columns.map((side) => (
          <span key={side.id}>
            <SideMark side={side.id} />
          </span>
        ))}
        <span>{t("Team")}</span>
      </div>
      {STATES.map((state) => (
        <Group key={state} state={state} list={atTheDoor.value[state]} />
      ))}
    </div>
  )
}

const URGENT = new Set<State>(["help", "stuck"])

function Group({ state, list }: { state: State; list: readonly Visitor[] }) {
  const open = (folded.value[state] ?? isOpenAtFirst(state)) && list.length > 0
  const order = useRef<readonly Visitor[]>([])
  if (open) order.current = ordered(order.current, list)
  const numbers = counts(list, sides().map((side) => side.id))
  return (
    <section class={`c-door-group c-door-${state}`}>
      <h3>
        <button
          type="button"
          class="c-door-row"
          aria-expanded={open}
          disabled={!list.length}
          onClick={() => (folded.value = { ...folded.value, [state]: !open })}
        >
          <span class="c-door-state">
            {URGENT.has(state) && list.length > 0 && <Icon name="warn" />}
            {stateWord(state)} <strong>{list.length}</strong>
          </span>
          {numbers.map((number, place) => (
            <span key={place} class={number ? "" : "c-soft"}>
              <span class="unseen">{columnWords(place)} </span>
              {number}
            </span>
          ))}
        </button>
      </h3>
      {open && (
        <ul class="c-persons">
          {order.current.slice(0, most.value).map((it) => (
            <DoorRow key={it.id} visitor={it} listed={state} />
          ))}
        </ul>
      )}
      {open && list.length > most.value && <Act onPress={() => (most.value += 200)}>{t("Show more")}</Act>}
    </section>
  )
}

const columnWords = (place: number): string => sides()[place]?.title ?? t("Team and guests")

/** Whoever needs something is in sight; so is who is missing, unless that is nearly everybody. */
const isOpenAtFirst = (state: State): boolean =>
  URGENT.has(state) || (state === "absent" && atTheDoor.value.absent.length <= 30)
