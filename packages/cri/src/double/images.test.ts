import { expect, test } from "vitest";
import { grpcErrorText } from "../grpc/grpc-error.ts";
import { startDouble } from "./fixture.test.support.ts";

test("every image is there, with an id made of its name", async () => {
  const { client } = startDouble();
  expect((await client.image.imageStatus({ image: { image: "example.org/app:2" } })).image).toMatchObject({
    // printf example.org/app:2 | sha256sum
    id: "sha256:33f994099c0eb97447ef174004981ab67b87408c6e28a8d4a5b9edb64ae53b84",
    repoTags: ["example.org/app:2"],
    size: 1_048_576n,
  });
});

test.each(["localhost/absent:1", "absent", "example.org/team/absent@sha256:00", ""])("%j is not", async (image) => {
  const { client } = startDouble();
  expect((await client.image.imageStatus({ image: { image } })).image).toBeUndefined();
});

test("an absent image cannot be pulled", async () => {
  const { client } = startDouble();
  expect(await client.image.pullImage({ image: { image: "localhost/absent:1" } }).catch(grpcErrorText)).toBe(
    'rpc error: code = NotFound desc = failed to pull and unpack image "localhost/absent:1": failed to resolve reference "localhost/absent:1": localhost/absent:1: not found',
  );
});

test("a removed image is gone until it is pulled again", async () => {
  const { client } = startDouble();
  const image = { image: "localhost/busybox:1" };
  const { id } = (await client.image.imageStatus({ image })).image!;
  await client.image.removeImage({ image: { image: id } });
  expect((await client.image.imageStatus({ image })).image).toBeUndefined();
  expect((await client.image.listImages({})).images).toEqual([]);
  expect((await client.image.pullImage({ image })).imageRef).toBe(id);
  expect((await client.image.listImages({ filter: { image } })).images).toMatchObject([{ id }]);
});

test("the image filesystem is reported", async () => {
  const { client } = startDouble();
  expect(await client.image.imageFsInfo({})).toMatchObject({
    imageFilesystems: [{ usedBytes: { value: 2_140_672n }, fsId: { mountpoint: expect.stringMatching(/^\//) } }],
  });
});
