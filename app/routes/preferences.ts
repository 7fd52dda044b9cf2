import { redirect, type ActionFunctionArgs } from '@remix-run/node'
import { preferenceCookies } from '~/ui/preferences'

export async function action({ request }: ActionFunctionArgs) {
  const form = await request.formData()
  const url = new URL(request.url)
  const headers = new Headers()
  const secure = url.protocol === 'https:' || request.headers.get('x-forwarded-proto') === 'https'
  for (const cookie of preferenceCookies(form, secure)) headers.append('Set-Cookie', cookie)
  return redirect(wayBack(form.get('back'), request.headers.get('referer'), url), { headers, status: 303 })
}

export function loader() {
  return redirect('/')
}

/** Only ever a path of this origin: the form's field, else the page it came from. */
function wayBack(back: FormDataEntryValue | null, referer: string | null, here: URL): string {
  for (const candidate of [back, referer]) {
    if (typeof candidate !== 'string' || candidate === '') continue
    if (!URL.canParse(candidate, here)) continue
    const target = new URL(candidate, here)
    if (target.origin !== here.origin && !(candidate === referer && target.host === here.host)) continue
    const path = target.pathname + target.search + target.hash
    if (!path.startsWith('//') && target.pathname !== here.pathname) return path
  }
  return '/'
}
