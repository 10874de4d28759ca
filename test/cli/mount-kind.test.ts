import { expect, test } from 'vitest';
import { mountOf, whatIsWrongWith } from '../../src/cli/doctor/mount-kind.js';

const MOUNTS = [
  'overlay / overlay rw,relatime 0 0',
  'proc /proc proc rw 0 0',
  '/dev/sda1 /data ext4 rw 0 0',
  'server:/x /data/with\\040space nfs4 rw 0 0',
  'tmpfs /data2 tmpfs rw 0 0',
  '/dev/sdb1 /data2 xfs rw 0 0',
  '',
].join('\n');

test.each([
  ['/home/bot/journal', '/', 'overlay'],
  ['/data', '/data', 'ext4'],
  ['/data/bot', '/data', 'ext4'],
  ['/data/with space/bot', '/data/with space', 'nfs4'],
  ['/data2/bot', '/data2', 'xfs'],
  ['/database', '/', 'overlay'],
])('finds the mount that holds %s, also of several at one point', (path, point, type) => {
  expect(mountOf(path, MOUNTS)).toEqual({ point, type });
});

test.each(['ext4', 'xfs', 'btrfs', 'zfs', 'apfs', 'f2fs', 'fuseblk', 'fuse.mergerfs'])(
  '%s is a disk',
  (type) => {
    expect(whatIsWrongWith(type)).toBeUndefined();
  },
);

test.each([
  ['tmpfs', 'it is memory'],
  ['overlay', "the container's own layer"],
  ['nfs4', 'another machine'],
  ['cifs', 'another machine'],
  ['9p', 'another machine'],
  ['fuse.sshfs', 'another machine'],
])('%s is none', (type, found) => {
  expect(whatIsWrongWith(type)?.found).toContain(found);
});
