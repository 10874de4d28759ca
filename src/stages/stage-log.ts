import { readProcessEnv } from '../config/process-env';
import { createProcessLog } from '../lib/log';
import { sayOnce } from '../lib/say-once';

/** Stages are started thousands of times; what is wrong with them is said once in a process. */
export const stageLog = sayOnce(createProcessLog(readProcessEnv()));
