import { Html } from '@elysiajs/html'
import type { FormTarget } from '../frame/frame-view.ts'

/** Longest note that is kept with a muted group. */
export const noteCharactersMax = 200

/** Mutes a group of errors, with a note for the others, or opens it again. */
export function MuteForm(props: { readonly target: FormTarget; readonly isMuted: boolean }): string {
  const { target, isMuted } = props
  const element = (
    <form method="post" action={target.action} class="filter">
      <input type="hidden" name="token" value={Html.escapeHtml(target.token)} />
      <input type="hidden" name="state" value={isMuted ? 'open' : 'muted'} />
      {isMuted ? '' : <Note />}
      <button type="submit">{isMuted ? 'Open it again' : 'Mute'}</button>
      <span class="muted">
        {isMuted ? 'It then counts as new or growing again.' : 'It stays counted, but is no longer shown as new or growing.'}
      </span>
    </form>
  )
  return String(element)
}

function Note(): string {
  const element = (
    <div class="field">
      <label for="note">note, may be empty</label>
      <input id="note" name="note" maxlength={noteCharactersMax} autocomplete="off" />
    </div>
  )
  return String(element)
}
