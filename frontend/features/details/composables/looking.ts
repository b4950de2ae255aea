/** What stands before the camera, or on a photo of one's own, with a colour on its lips. */
import { onScopeDispose, ref, shallowRef, type Ref } from 'vue'
import { findLips, prepare, type Lips } from './face'
import { paintLips } from './paint'

/** `asking` before a picture is there, `waiting` while it is fetched, then what was found. */
export type State = 'asking' | 'waiting' | 'seen' | 'noFace' | 'noCamera' | 'broken'
export interface Shade { colour: string; strength: number }
const LARGEST = 1280

export function useLooking(canvas: Ref<HTMLCanvasElement | undefined>, shade: () => Shade | null) {
  const state = ref<State>('asking')
  const isLive = ref(false)
  const stream = shallowRef<MediaStream | null>(null)
  let still: { picture: HTMLCanvasElement; lips: Lips | null } | null = null
  let turn = 0

  function stop(): void {
    turn += 1
    stream.value?.getTracks().forEach((track) => track.stop())
    stream.value = null
    isLive.value = false
    still = null
  }
  function draw(picture: HTMLVideoElement | HTMLCanvasElement, width: number, height: number, lips: Lips | null): void {
    const context = canvas.value?.getContext('2d')
    if (!canvas.value || !context) return
    if (canvas.value.width !== width || canvas.value.height !== height) Object.assign(canvas.value, { width, height })
    context.drawImage(picture, 0, 0, width, height)
    const now = shade()
    if (lips && now) paintLips(context, lips, now.colour, now.strength)
  }
  /** Show the photo again after another colour was chosen; the camera shows itself. */
  function again(): void {
    if (still) draw(still.picture, still.picture.width, still.picture.height, still.lips)
  }

  async function openCamera(): Promise<void> {
    stop()
    const mine = turn
    state.value = 'waiting'
    try {
      const opened = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'user', width: { ideal: 960 } }, audio: false })
      if (mine !== turn) return opened.getTracks().forEach((track) => track.stop())
      stream.value = opened
    } catch {
      state.value = 'noCamera'
      return
    }
    const video = Object.assign(document.createElement('video'), { muted: true, playsInline: true, srcObject: stream.value })
    await guarded(mine, async () => {
      await Promise.all([video.play(), prepare()])
      isLive.value = true
      while (mine === turn) {
        const lips = await findLips(video)
        if (mine !== turn) return
        draw(video, video.videoWidth, video.videoHeight, lips)
        state.value = lips ? 'seen' : 'noFace'
        await new Promise(requestAnimationFrame)
      }
    })
  }

  async function openPhoto(file: File): Promise<void> {
    stop()
    const mine = turn
    state.value = 'waiting'
    await guarded(mine, async () => {
      const picture = await read(file)
      const lips = await findLips(picture)
      if (mine !== turn) return
      still = { picture, lips }
      again()
      state.value = lips ? 'seen' : 'noFace'
    })
  }

  async function guarded(mine: number, act: () => Promise<void>): Promise<void> {
    try {
      await act()
    } catch {
      if (mine !== turn) return
      stop()
      state.value = 'broken'
    }
  }

  onScopeDispose(stop)
  return { state, isLive, openCamera, openPhoto, again, stop: () => { stop(); state.value = 'asking' } }
}

/** A photo as a canvas no larger than is needed, turned as it was taken. */
async function read(file: File): Promise<HTMLCanvasElement> {
  const bitmap = await createImageBitmap(file)
  const scale = Math.min(1, LARGEST / Math.max(bitmap.width, bitmap.height))
  const picture = Object.assign(document.createElement('canvas'), { width: Math.round(bitmap.width * scale), height: Math.round(bitmap.height * scale) })
  picture.getContext('2d')?.drawImage(bitmap, 0, 0, picture.width, picture.height)
  bitmap.close()
  return picture
}
