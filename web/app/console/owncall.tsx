/** Staff in a room may call for help themselves, or for everybody in their room. */
import { signal } from "@preact/signals"
import { t } from "../lib/texts"
import { Icon } from "../lib/ui"
import { may, value } from "../lib/view"
import { Act, press } from "./press"
import { me } from "./seen"
import { helpWord } from "./words"

const KINDS = ["sound", "interpretation", "language", "behaviour", "content", "other"]
const EMPTY = { open: false, kind: "sound", text: "", whole: false }
const calling = signal(EMPTY)

export function OwnCall() {
  const mine = value<{ kind: string; since: number; by: string | null } | null>("me.help")
  if (mine)
    return (
      <p class="c-answer">
        <Icon name="help" />
        {mine.by
          ? t("{name} is coming to help you", { name: mine.by })
          : t("Your call is waiting. Somebody will come.")}
      </p>
    )
  if (!may("help.call") || may("agenda.next") || me()?.role === "support") return null
  return (
    <>
      <Act
        icon="help"
        expanded={calling.value.open}
        onPress={() => (calling.value = { ...calling.value, open: !calling.value.open })}
      >
        {t("Call for help")}
      </Act>
      {calling.value.open && <Form />}
    </>
  )
}

async function send(): Promise<void> {
  const { kind, text, whole } = calling.value
  const words = text.trim()
  const body = { kind, ...(words ? { text: words } : {}), ...(whole ? { whole_room: true } : {}) }
  if (await press("desk", "help.call", body)) calling.value = EMPTY
}

function Form() {
  const it = calling.value
  return (
    <form class="c-inline" onSubmit={(event) => (event.preventDefault(), void send())}>
      <label>
        <span>{t("What is it about?")}</span>
        <select value={it.kind} onChange={(event) => (calling.value = { ...it, kind: event.currentTarget.value })}>
          {KINDS.map((kind) => (
            <option key={kind} value={kind}>
              {helpWord(kind)}
            </option>
          ))}
        </select>
      </label>
      <label>
        <span>{t("A few words (may stay empty)")}</span>
        <input
          value={it.text}
          maxLength={200}
          onInput={(event) => (calling.value = { ...it, text: event.currentTarget.value })}
        />
      </label>
      <label class="c-check">
        <input
          type="checkbox"
          checked={it.whole}
          onChange={(event) => (calling.value = { ...it, whole: event.currentTarget.checked })}
        />
        {t("Everybody in my room needs it")}
      </label>
      <div class="c-acts">
        <button type="submit" class="c-act c-main">
          {t("Call now")}
        </button>
      </div>
    </form>
  )
}
