/** Putting a question again that was counted already: with a reason, and a second member of staff after that. */
import { useState } from "preact/hooks"
import { t } from "../../lib/texts"
import { Act, press } from "../press"
import type { Poll } from "../shapes"
import { useFocusFirst } from "./focus"

interface Props {
  id: string
  poll: Poll
  place: string
  done: () => void
}

export function Again({ id, poll, place, done }: Props) {
  const box = useFocusFirst<HTMLFormElement>()
  const [reason, setReason] = useState("")
  const send = async () => {
    if (await press(place, "poll.again", { poll: id, from: poll.state, reason: reason.trim() })) done()
  }
  return (
    <form ref={box} class="c-inline" onSubmit={(event) => (event.preventDefault(), void send())}>
      <p>
        {t(
          "This question was counted already. Both results stay in the record. A second member of the team must agree before it can be opened.",
        )}
      </p>
      <label>
        <span>{t("Why is it put again? Everybody can read this.")}</span>
        <input required maxLength={300} value={reason} onInput={(event) => setReason(event.currentTarget.value)} />
      </label>
      <div class="c-acts">
        <button type="submit" class="c-act c-main" disabled={!reason.trim()}>
          {t("Prepare the second vote")}
        </button>
        <Act onPress={done}>{t("Cancel")}</Act>
      </div>
    </form>
  )
}
