/** A role may change while a page is open: whoever then belongs on another page is taken there. */
import { effect } from "@preact/signals"
import { page } from "./page"
import { value } from "./view"

const CITIZENS = ["citizen", "guest"]
const WATCHERS = ["observer"]

const kind = (role: string) => (CITIZENS.includes(role) ? "citizen" : WATCHERS.includes(role) ? "watcher" : "console")

export function followRole(): void {
  effect(() => {
    const role = value<{ role?: string }>("me")?.role
    if (role && page.role && kind(role) !== kind(page.role)) location.reload()
  })
}
