/** Another role for somebody of the team, from now on. */
import { useState } from "preact/hooks"
import { t } from "../lib/texts"
import { Act, Answer, press } from "./press"
import { person } from "./seen"
import { roleWord } from "./words"

const ROLES = ["lead", "facilitator", "note-taker", "interpreter", "support", "expert", "guest"]

export function RoleForm({ person: id, done }: { person: string; done: () => void }) {
  const [role, choose] = useState(person(id)?.role ?? "")
  const give = async () => {
    if (await press("conduct", "roles.give", { person: id, role })) done()
  }
  return (
    <form class="c-reason" onSubmit={(event) => (event.preventDefault(), void give())}>
      <p>{t("It holds at once, on all their devices, and stays when they move or come back.")}</p>
      <fieldset>
        <legend>{t("Role")}</legend>
        {ROLES.map((each) => (
          <label key={each} class="c-check">
            <input type="radio" name="c-role" checked={role === each} onChange={() => choose(each)} />
            <span>{roleWord(each)}</span>
          </label>
        ))}
      </fieldset>
      <Answer place="conduct" />
      <div class="c-acts">
        <button type="submit" class="c-act c-main">
          {t("Give this role")}
        </button>
        <Act onPress={done}>{t("Leave it as it is")}</Act>
      </div>
    </form>
  )
}
