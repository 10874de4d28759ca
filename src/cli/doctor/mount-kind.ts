export interface Mount {
  readonly point: string;
  readonly type: string;
}

/**
 * The mount that holds a path, from the text of /proc/self/mounts. Of several at one point the last is on top.
 */
export function mountOf(path: string, mounts: string): Mount | undefined {
  let found: Mount | undefined;
  for (const line of mounts.split('\n')) {
    const [, escaped, type] = line.split(' ');
    if (escaped === undefined || type === undefined) continue;
    const point = escaped.replace(/\\([0-7]{3})/g, (_, octal: string) =>
      String.fromCharCode(Number.parseInt(octal, 8)),
    );
    const holds = path === point || path.startsWith(point.endsWith('/') ? point : `${point}/`);
    if (holds && point.length >= (found?.point.length ?? 0)) found = { point, type };
  }
  return found;
}

interface Wrong {
  readonly found: string;
  readonly mend: string;
}

const IN_MEMORY = new Set(['tmpfs', 'ramfs', 'devtmpfs']);
const LAYERS = new Set(['overlay', 'overlayfs', 'aufs']);
const NETWORK =
  /^(nfs4?|cifs|smb[23fs]*|smbfs|9p|afs|ceph|glusterfs|lustre|beegfs|ocfs2|gfs2|virtiofs|vboxsf|prl_fs|vmhgfs|drvfs|fuse\..*|fuseblk|fakeowner|grpcfuse)$/;
/** FUSE file systems of local disks. */
const LOCAL_FUSE = new Set([
  'fuseblk',
  'fuse.ntfs-3g',
  'fuse.fuse-overlayfs',
  'fuse.mergerfs',
  'fuse.gocryptfs',
]);

/** Why a file system does not keep what the journal promises. */
export function whatIsWrongWith(type: string): Wrong | undefined {
  if (IN_MEMORY.has(type)) {
    return {
      found: 'it is memory, gone with a restart of the machine',
      mend: 'set OTEL_EXPORTER_WEEX_JOURNAL_DIR to a folder on a disk',
    };
  }
  if (LAYERS.has(type) || type === 'fuse.fuse-overlayfs') {
    return {
      found: "it is the container's own layer, gone with the container",
      mend: 'mount a volume, and set OTEL_EXPORTER_WEEX_JOURNAL_DIR to a folder in it',
    };
  }
  if (NETWORK.test(type) && !LOCAL_FUSE.has(type)) {
    return {
      found:
        'it belongs to another machine: what is synced may not be on a disk, and processes may not see that others live',
      mend: 'set OTEL_EXPORTER_WEEX_JOURNAL_DIR to a folder on a local disk',
    };
  }
  return undefined;
}
