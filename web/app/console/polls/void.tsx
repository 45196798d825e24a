/** Declaring a ballot void: only before it is closed, with a reason that everybody reads. */
import { signal } from "@preact/signals"
import { t } from "../../lib/texts"
import { Act, press } from "../press"
import { useFocusFirst } from "./focus"

export const voiding = signal<{ poll: string; reason: string } | null>(null)

export const startVoid = (poll: string) => (voiding.value = { poll, reason: "" })

export function VoidForm({ id, place }: { id: string; place: string }) {
  const box = useFocusFirst<HTMLFormElement>()
  const { reason } = voiding.value ?? { reason: "" }
  const send = async () => {
    if (await press(place, "poll.void", { poll: id, reason: reason.trim() })) voiding.value = null
  }
  return (
    <form ref={box} class="c-inline" onSubmit={(event) => (event.preventDefault(), void send())}>
      <p>{t("All ballots are destroyed unopened, everybody is told, and the record keeps the vote as void.")}</p>
      <label>
        <span>{t("Why is it void? Everybody can read this.")}</span>
        <input
          required
          maxLength={300}
          value={reason}
          onInput={(event) => (voiding.value = { poll: id, reason: event.currentTarget.value })}
        />
      </label>
      <div class="c-acts">
        <button type="submit" class="c-act c-alarm" disabled={!reason.trim()}>
          {t("Declare void")}
        </button>
        <Act onPress={() => (voiding.value = null)}>{t("Cancel")}</Act>
      </div>
    </form>
  )
}
