/** Keeping rooms instead of new ones: those before, or those of an earlier item. */
import { t } from "../../lib/texts"
import { Check, Pick } from "../polls/fields"
import { items } from "../seen"
import { change, itemComposed, roomsHad, wish } from "./wish"

export function Keeping() {
  const { keep, keepOf } = wish.value
  const planned = itemComposed()?.rooms?.keep_of
  const title = (id: string) => items().find((it) => it.id === id)?.title ?? id
  const others = roomsHad().filter((id) => id !== planned)
  return (
    <>
      <Check
        checked={keep}
        change={(keep) => change({ keep })}
        words={planned ? t("Keep the rooms of {item}", { item: title(planned) }) : t("Keep the same rooms as before")}
      />
      {keep && others.length > 0 && (
        <Pick
          words={t("Which rooms are kept")}
          value={keepOf}
          change={(keepOf) => change({ keepOf })}
          offered={[
            ["", planned ? title(planned) : t("Those before")],
            ...others.map((id) => [id, title(id)] as const),
          ]}
        />
      )}
    </>
  )
}
