/** http: requests to verbs and refusals to answers, for pages and API alike. Knows no table and no component. */
export { apiContext, isOperator, userContext } from './api-context'
export { page, publicPage, searchOf, signedIn, type PageWork, type PublicPageWork } from './page'
export { admit, type Door } from './rate-limit'
export { problemResponse, refusalResponse, type RefusalView } from './refusal'
export { now, requestFacts, requestIdOf, withFacts, type RequestFacts } from './request-context'
export { isSameOrigin } from './same-origin'
export { viewerOf, type Viewer, type Viewing } from './session'
export { publicSubmit, redirectTo, submit, type Submitted } from './submit'
