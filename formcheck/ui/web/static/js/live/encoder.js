// A worker: makes JPEGs of pictures, so that the page never waits for one.

const canvas = new OffscreenCanvas(1, 1);
const context = canvas.getContext("2d", { willReadFrequently: true, alpha: false });

addEventListener("message", async ({ data: { picture, width, height, quality } }) => {
  try {
    if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height });
    context.drawImage(picture, 0, 0, width, height);
    picture.close();
    const blob = await canvas.convertToBlob({ type: "image/jpeg", quality });
    const jpeg = await blob.arrayBuffer();
    postMessage(jpeg, [jpeg]);
  } catch {
    postMessage(null); // the next one may be better
  }
});
