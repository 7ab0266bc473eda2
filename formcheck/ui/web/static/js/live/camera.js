// The camera: which there are, opening one, what to do where that fails, and keeping the screen awake.

const WANTED = { width: { ideal: 1280 }, height: { ideal: 720 }, frameRate: { ideal: 30 } };
const REASONS = {
  NotAllowedError: "denied", SecurityError: "denied", NotFoundError: "none", DevicesNotFoundError: "none",
  NotReadableError: "busy", TrackStartError: "busy", AbortError: "busy", OverconstrainedError: "gone",
};

/** A camera that cannot be opened; `reason` is the end of the texts' keys `web.camera.…`. */
export class CameraProblem extends Error {
  constructor(reason) {
    super(reason);
    this.reason = reason;
  }
}

/** Return the cameras there are: their names are known only once one has been allowed. */
export async function cameras() {
  if (!navigator.mediaDevices?.enumerateDevices) return [];
  return (await navigator.mediaDevices.enumerateDevices()).filter((device) => device.kind === "videoinput" && device.deviceId);
}

/** Open a camera; `deviceId` empty takes the browser's choice. */
export async function openCamera(deviceId) {
  if (!window.isSecureContext || !navigator.mediaDevices?.getUserMedia) throw new CameraProblem("insecure");
  try {
    const video = deviceId ? { ...WANTED, deviceId: { exact: deviceId } } : WANTED;
    return await navigator.mediaDevices.getUserMedia({ video, audio: false });
  } catch (error) {
    if (error.name === "OverconstrainedError" && deviceId) return openCamera("");
    throw new CameraProblem(REASONS[error.name] ?? "busy");
  }
}

export function closeCamera(stream) {
  stream?.getTracks().forEach((track) => track.stop());
}

/** Keeps the screen on while it is wanted; browsers let go of the lock whenever the page is hidden. */
export class Awake {
  #lock = null;
  #wanted = false;
  #again = () => document.visibilityState === "visible" && this.#wanted && this.hold();

  async hold() {
    if (!this.#wanted) document.addEventListener("visibilitychange", this.#again);
    this.#wanted = true;
    try {
      this.#lock = await navigator.wakeLock?.request("screen");
    } catch {
      this.#lock = null; // low battery: the screen may go dark, the voice goes on
    }
  }

  release() {
    this.#wanted = false;
    document.removeEventListener("visibilitychange", this.#again);
    this.#lock?.release().catch(() => {});
  }
}
