/** Who is invited, is not here and is expected within minutes: they get a seat as if they were here. */
import { useState } from "preact/hooks"
import { n, t } from "../../lib/texts"
import { SideMark } from "../../lib/ui"
import { Check } from "../polls/fields"
import { byName } from "../seen"
import { roleWord } from "../words"
import { away, change, wish } from "./wish"

/** More are shown when somebody looks for a name. */
const SHOWN = 60

export function Expected() {
  const [sought, seek] = useState("")
  const all = away().sort(([, a], [, b]) => byName(a.name, b.name))
  if (!all.length) return null
  const { expected } = wish.value
  const ids = all.map(([id]) => id)
  const chosen = ids.filter((id) => expected.includes(id))
  const found = all.filter(([, it]) => it.name.toLowerCase().includes(sought.trim().toLowerCase()))
  return (
    <fieldset class="c-expected">
      <legend>
        {n("{n} person is not here. Expected soon:", "{n} people are not here. Expected soon:", all.length)}
      </legend>
      <Check
        checked={chosen.length === ids.length}
        change={(checked) => change({ expected: checked ? ids : [] })}
        words={t("All of them")}
      />
      {all.length > 12 && (
        <input
          type="search"
          aria-label={t("Search by name")}
          placeholder={t("Search by name")}
          value={sought}
          onInput={(event) => seek(event.currentTarget.value)}
        />
      )}
      <ul class="c-listed">
        {found.slice(0, SHOWN).map(([id, it]) => (
          <li key={id}>
            <label class="c-check">
              <input
                type="checkbox"
                checked={expected.includes(id)}
                onChange={(event) =>
                  change({ expected: event.currentTarget.checked ? [...expected, id] : expected.filter((it) => it !== id) })
                }
              />
              <span>
                {it.name} <SideMark side={it.side} />
                {it.role !== "citizen" && <small>{roleWord(it.role)}</small>}
              </span>
            </label>
          </li>
        ))}
      </ul>
      {found.length > SHOWN && <p class="c-soft">{n("{n} more", "{n} more", found.length - SHOWN)}</p>}
    </fieldset>
  )
}
