/** The outside meeting of the plenary or of a room: address, number to dial and PIN, per language, typed live. */
import { signal } from "@preact/signals"
import { t } from "../lib/texts"
import { Icon } from "../lib/ui"
import { may } from "../lib/view"
import { Act, Answer, press } from "./press"
import { session } from "./seen"
import type { Link, Links } from "./shapes"
import { languageName } from "./words"

/** What is being typed, by room; an update from the server never touches it. */
const typed = signal<Record<string, Links>>({})

const FIELDS: [keyof Link, () => string, "url" | "tel" | "text"][] = [
  ["url", () => t("Address"), "url"],
  ["dial", () => t("Number to dial"), "tel"],
  ["pin", () => t("PIN"), "text"],
]

const filled = (links: Links) => Object.entries(links).filter(([, it]) => it.url || it.dial)

export function OutsideLinks({ room, links }: { room: string; links: Links }) {
  const editing = typed.value[room]
  const place = `links ${room}`
  return (
    <section class="c-links" aria-label={t("Outside meeting")}>
      <div class="c-links-head">
        <Icon name="sound" />
        <span class="c-links-words">
          <strong>{t("Outside meeting")}</strong> <Summary links={links} />
        </span>
        {may("rooms.link") && !editing && (
          <Act tone="quiet" label={t("Edit the outside meeting")} onPress={() => edit(room, links)}>
            {t("Edit")}
          </Act>
        )}
      </div>
      <Answer place={place} />
      {editing && <Editor room={room} links={editing} place={place} />}
    </section>
  )
}

function Summary({ links }: { links: Links }) {
  const all = filled(links)
  if (!all.length) return <span class="c-soft">{t("none entered")}</span>
  return (
    <span class="c-soft">
      {all.map(([code, it]) => (
        <span key={code} class="c-links-line">
          {code ? languageName(code) : t("All languages")}:{" "}
          {it.url && (
            <a href={it.url} target="_blank" rel="noreferrer">
              {host(it.url)}
            </a>
          )}{" "}
          {it.dial} {it.pin && t("PIN {pin}", { pin: it.pin })}
        </span>
      ))}
    </span>
  )
}

const host = (url: string) => {
  try {
    return new URL(url).host
  } catch {
    return url
  }
}

function edit(room: string, links: Links): void {
  const codes = new Set(["", ...(session()?.languages ?? []), ...Object.keys(links)])
  typed.value = { ...typed.value, [room]: Object.fromEntries([...codes].map((code) => [code, { ...links[code] }])) }
}

function stop(room: string): void {
  const { [room]: _done, ...rest } = typed.value
  typed.value = rest
}

function change(room: string, code: string, field: keyof Link, words: string): void {
  const links = typed.value[room] ?? {}
  typed.value = { ...typed.value, [room]: { ...links, [code]: { ...links[code], [field]: words } } }
}

async function save(room: string, links: Links, place: string): Promise<void> {
  const cleaned = Object.entries(links).map(([code, it]) => [code, tidy(it)] as const)
  if (
    await press(place, "rooms.link", {
      room,
      links: Object.fromEntries(cleaned.filter(([, it]) => Object.keys(it).length)),
    })
  )
    stop(room)
}

const tidy = (link: Link) =>
  Object.fromEntries(
    Object.entries(link)
      .map(([key, it]) => [key, it?.trim()])
      .filter(([, it]) => it),
  ) as Link

function Editor({ room, links, place }: { room: string; links: Links; place: string }) {
  return (
    <form class="c-link-form" onSubmit={(event) => (event.preventDefault(), void save(room, links, place))}>
      {Object.entries(links).map(([code, link]) => (
        <fieldset key={code}>
          <legend>{code ? languageName(code) : t("All languages")}</legend>
          {FIELDS.map(([field, words, type]) => (
            <label key={field}>
              <span>{words()}</span>
              <input
                type={type as "text"}
                value={link[field] ?? ""}
                autocomplete="off"
                onInput={(event) => change(room, code, field, event.currentTarget.value)}
              />
            </label>
          ))}
        </fieldset>
      ))}
      <div class="c-acts">
        <button type="submit" class="c-act c-main">
          {t("Save")}
        </button>
        <Act tone="quiet" onPress={() => stop(room)}>
          {t("Cancel")}
        </Act>
      </div>
    </form>
  )
}
