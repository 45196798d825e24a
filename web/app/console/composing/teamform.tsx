/** The form in which a lead says how one team of interpreters works; what was typed stays until it is sent. */
import { useRef, useState } from "preact/hooks"
import { t } from "../../lib/texts"
import { Check, NumberField, Pick } from "../polls/fields"
import { Act } from "../press"
import { byName, people, session } from "../seen"
import { languageName } from "../words"
import type { TeamShown } from "./shapes"

/** How a team works, as it is asked for. */
export type TeamSaid = { languages: string[]; booth: string; turn: number | undefined; relay: string }

/** Between so many languages a team interprets at least. */
const LEAST = 2
const LONGEST = 1440

const now = ({ languages, booth, turn, relay }: TeamShown): TeamSaid => ({ languages, booth, turn, relay })

interface TeamFormProps {
  name: string
  team: TeamShown
  /** Sends it, or takes back what was said; true when it is done. */
  say: (said: TeamSaid | null) => Promise<boolean>
}

export function TeamForm({ name, team, say }: TeamFormProps) {
  const box = useRef<HTMLDetailsElement>(null)
  const [typed, type] = useState<TeamSaid | null>(null)
  const said = typed ?? now(team)
  const change = (part: Partial<TeamSaid>) => type({ ...said, ...part })
  const send = async (what: TeamSaid | null) => {
    if (!(await say(what)) || !box.current) return
    type(null)
    box.current.open = false
    box.current.querySelector("summary")?.focus()
  }
  return (
    <details ref={box} class="c-booth-form">
      <summary aria-label={t("Change: {what}", { what: name })}>{t("Change")}</summary>
      <form aria-label={name} onSubmit={(event) => (event.preventDefault(), void send(said))}>
        <Between said={said} change={change} />
        <Works said={said} change={change} />
        <div class="c-acts">
          <button type="submit" class="c-act c-main" disabled={said.languages.length < LEAST}>
            {t("Save")}
          </button>
          {team.said && (
            <Act tone="quiet" label={t("Back to what was planned: {name}", { name })} onPress={() => send(null)}>
              {t("Back to what was planned")}
            </Act>
          )}
        </div>
      </form>
    </details>
  )
}

interface PartProps {
  said: TeamSaid
  change: (part: Partial<TeamSaid>) => void
}

/** The languages of the session and of those who are in it. */
function Between({ said, change }: PartProps) {
  const spoken = people().flatMap(([, it]) => [...it.speaks, ...it.understands])
  const codes = [...new Set([...(session()?.languages ?? []), ...said.languages, ...spoken])]
  const set = (code: string, on: boolean) => {
    const languages = on ? [...said.languages, code] : said.languages.filter((it) => it !== code)
    change({ languages, relay: languages.includes(said.relay) ? said.relay : "" })
  }
  return (
    <fieldset class="c-ticks">
      <legend>{t("Interprets between (two languages at least)")}</legend>
      {codes
        .sort((a, b) => byName(languageName(a), languageName(b)))
        .map((code) => (
          <Check
            key={code}
            checked={said.languages.includes(code)}
            change={(on) => set(code, on)}
            words={languageName(code)}
          />
        ))}
    </fieldset>
  )
}

function Works({ said, change }: PartProps) {
  return (
    <div class="c-booth-fields">
      <label>
        <span>{t("Booth (teams of one booth work one at a time)")}</span>
        <input
          maxLength={64}
          autocomplete="off"
          value={said.booth}
          onInput={(event) => change({ booth: event.currentTarget.value })}
        />
      </label>
      <NumberField
        words={t("Minutes until they change")}
        value={said.turn}
        change={(turn) => change({ turn })}
        least={1}
        most={LONGEST}
        required
      />
      <Pick
        words={t("Hears other booths through")}
        value={said.relay}
        change={(relay) => change({ relay })}
        offered={[["", t("no relay")], ...said.languages.map((code) => [code, languageName(code)] as const)]}
      />
    </div>
  )
}
