/** The browser's authenticator: bytes become text on the way to the shop and back. */
type Told = Record<string, unknown>

export const hasAuthenticator = (): boolean => typeof PublicKeyCredential !== 'undefined' && !!navigator.credentials

const bytes = (text: unknown): ArrayBuffer => {
  const plain = atob(String(text).replace(/-/g, '+').replace(/_/g, '/'))
  return Uint8Array.from(plain, (letter) => letter.charCodeAt(0)).buffer
}
const text = (content: ArrayBuffer): string =>
  btoa(String.fromCharCode(...new Uint8Array(content))).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '')
const known = (list: unknown) => ((list as Told[] | undefined) ?? []).map((each) => ({ ...each, id: bytes(each['id']) }) as unknown as PublicKeyCredentialDescriptor)
const publicPart = (options: unknown): Told => ({ ...((options as { publicKey?: Told }).publicKey ?? {}) })

/** Make a key; null when the person said no, or the device cannot. */
export async function makeKey(options: unknown): Promise<Told | null> {
  const asked = publicPart(options)
  const user = asked['user'] as Told
  const made = await speak(() => navigator.credentials.create({ publicKey: { ...asked, challenge: bytes(asked['challenge']), user: { ...user, id: bytes(user['id']) }, excludeCredentials: known(asked['excludeCredentials']) } as unknown as PublicKeyCredentialCreationOptions }))
  if (!made) return null
  const response = made.response as AuthenticatorAttestationResponse
  return answer(made, { clientDataJSON: text(response.clientDataJSON), attestationObject: text(response.attestationObject) })
}
/** Sign with a key; null when the person said no, or there is none. */
export async function signWithKey(options: unknown): Promise<Told | null> {
  const asked = publicPart(options)
  const made = await speak(() => navigator.credentials.get({ publicKey: { ...asked, challenge: bytes(asked['challenge']), allowCredentials: known(asked['allowCredentials']) } as unknown as PublicKeyCredentialRequestOptions }))
  if (!made) return null
  const response = made.response as AuthenticatorAssertionResponse
  return answer(made, {
    clientDataJSON: text(response.clientDataJSON), authenticatorData: text(response.authenticatorData), signature: text(response.signature),
    ...(response.userHandle ? { userHandle: text(response.userHandle) } : {}),
  })
}
async function speak(ask: () => Promise<Credential | null>): Promise<PublicKeyCredential | null> {
  try {
    return (await ask()) as PublicKeyCredential | null
  } catch {
    return null
  }
}
const answer = (made: PublicKeyCredential, response: Told): Told => ({ id: made.id, rawId: text(made.rawId), type: made.type, response, clientExtensionResults: {} })
