/** The wall of rooms: all of them at a glance, those in need first, more closely set the more there are. */
import { useLayoutEffect, useRef } from "preact/hooks"
import { n, t } from "../lib/texts"
import { Icon } from "../lib/ui"
import { Sign } from "./icons"
import { RoomCard } from "./roomcard"
import { roomCount } from "./seen"
import { hand, inNeed, languages, onlyNeed, order, sought, spoken, turnsUsed } from "./wallorder"
import { languageName } from "./words"

export type Setting = "roomy" | "close" | "dense"

const FEW = 8

const setting = (all: number): Setting => (all <= 12 ? "roomy" : all <= 40 ? "close" : "dense")

export function Wall() {
  const all = roomCount()
  return (
    <>
      {all > FEW && <Looking />}
      <Cards ids={order.value} set={setting(all)} />
    </>
  )
}

function Cards({ ids, set }: { ids: readonly string[]; set: Setting }) {
  const list = useRef<HTMLUListElement>(null)
  useFocusKept(list)
  if (!ids.length)
    return <p class="c-nobody">{onlyNeed.value && !inNeed.value ? t("No room is in need") : t("No room of that kind")}</p>
  return (
    <ul
      ref={list}
      class={`c-wall c-wall-${set}`}
      aria-label={t("Rooms, those in need first")}
      onPointerMove={(event) => hand(cardOf(event.target))}
      onPointerLeave={() => hand(null)}
      onFocusIn={(event) => hand(cardOf(event.target))}
      onFocusOut={(event) => hand(cardOf(event.relatedTarget))}
      onKeyDown={(event) => {
        hand(cardOf(event.target))
        step(event)
      }}
    >
      {ids.map((id) => (
        <RoomCard key={id} id={id} set={set} />
      ))}
    </ul>
  )
}

const STEPS: Record<string, number> = { ArrowRight: 1, ArrowLeft: -1 }

/** Arrows go from card to card: there may be very many of them. */
function step(event: KeyboardEvent): void {
  const cards = [...(event.currentTarget as Element).querySelectorAll<HTMLElement>(".c-room-open")]
  const at = cards.indexOf(document.activeElement as HTMLElement)
  const to = cards[at + (STEPS[event.key] ?? rows(cards, at)[event.key] ?? 0)]
  if (at < 0 || !to || to === cards[at]) return
  event.preventDefault()
  to.focus()
}

/** How far it is to the card below or above, which depends on how many stand in a row. */
function rows(cards: readonly HTMLElement[], at: number): Record<string, number> {
  const here = cards[at]?.getBoundingClientRect()
  if (!here) return {}
  const above = (it: HTMLElement) => it.getBoundingClientRect()
  const far = (it: HTMLElement) => Math.abs(above(it).left - here.left)
  const nearest = (some: HTMLElement[]) => {
    const row = some[0] && some.filter((it) => above(it).top === above(some[0] as HTMLElement).top)
    const best = row?.sort((a, b) => far(a) - far(b))[0]
    return best ? cards.indexOf(best) - at : 0
  }
  return {
    ArrowDown: nearest(cards.slice(at + 1).filter((it) => above(it).top >= here.bottom)),
    ArrowUp: nearest(cards.slice(0, at).reverse().filter((it) => above(it).bottom <= here.top)),
  }
}

const cardOf = (at: EventTarget | null) =>
  at instanceof Element ? (at.closest<HTMLElement>("[data-room]")?.dataset.room ?? null) : null

/** A card that changes place is taken out of the page and put in again: its focus comes with it. */
function useFocusKept(list: { current: HTMLUListElement | null }): void {
  const had = document.activeElement as HTMLElement | null
  const inside = had && list.current?.contains(had) ? had : null
  useLayoutEffect(() => {
    if (inside?.isConnected && document.activeElement === document.body) inside.focus({ preventScroll: true })
  })
}

/** All or only those in need; and with many rooms by name and by language. */
function Looking() {
  const tongues = languages.value
  return (
    <div class="c-looking">
      <fieldset class="c-segments">
        <legend class="unseen">{t("Which rooms are shown")}</legend>
        {[false, true].map((only) => (
          <label key={String(only)}>
            <input
              type="radio"
              name="c-wall-need"
              checked={onlyNeed.value === only}
              onChange={() => (onlyNeed.value = only)}
            />
            <span>
              {only && inNeed.value > 0 && <Icon name="warn" />}
              {only ? t("In need") : t("All rooms")} <small>{only ? inNeed.value : roomCount()}</small>
            </span>
          </label>
        ))}
      </fieldset>
      <label class="c-search">
        <Sign name="lens" />
        <span class="unseen">{t("Search a room")}</span>
        <input
          type="search"
          placeholder={t("Search a room")}
          value={sought.value}
          onInput={(event) => (sought.value = event.currentTarget.value)}
        />
      </label>
      {tongues.length > 0 && (
        <select
          aria-label={t("Language of the room")}
          value={spoken.value}
          onChange={(event) => (spoken.value = event.currentTarget.value)}
        >
          <option value="">{t("All languages")}</option>
          {tongues.map((code) => (
            <option key={code} value={code} lang={code}>
              {languageName(code)}
            </option>
          ))}
        </select>
      )}
    </div>
  )
}

/** "3 rooms in need", for the head of the rooms. */
export function WallSum() {
  const some = inNeed.value
  return (
    <>
      {!turnsUsed.value && <span class="c-soft">{t("turns not measured")}</span>}
      {some > 0 && roomCount() <= FEW && <span class="c-need-count">{n("{n} room in need", "{n} rooms in need", some)}</span>}
    </>
  )
}
