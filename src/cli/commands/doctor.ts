import { holdProcess } from '../../lib/hold-process';
import { plainLine } from '../../lib/plain-line';
import { type Command, done } from '../command';
import type { Check } from '../doctor/check';
import { runDoctor } from '../doctor/run-doctor';
import { type Surroundings, systemSurroundings } from '../doctor/surroundings';
import { openMaintenanceJournal } from '../maintenance-journal';

const SIGNS: Readonly<Record<Check['status'], string>> = { ok: 'ok', warn: 'note', problem: 'PROBLEM' };

/** Why nothing arrives, or may not. */
export function createDoctorCommand(surroundings: Surroundings): Command {
  return {
    name: 'doctor',
    synopsis: '[--probe]',
    summary:
      'Checks settings, credentials, clock, journal, disk and connection, and says how to mend what is wrong',
    options: {
      probe: {
        type: 'boolean',
        help: 'send WEEX one log that says it is a check, without an order, and explain the answer',
      },
    },

    async run(line, terminal) {
      const letProcessEnd = holdProcess();
      try {
        const { folder, checks } = await runDoctor(
          {
            account: line.text('account'),
            journalDir: line.text('journal-dir'),
            probes: line.flag('probe'),
            openJournal: (ofAccount, settings) => openMaintenanceJournal({ folder: ofAccount, settings }),
            progress: (text) => terminal.progress(text),
          },
          surroundings,
        );
        const problems = checks.filter(({ status }) => status === 'problem').length;
        if (line.flag('json')) {
          terminal.json({ folder, well: problems === 0, checks });
        } else {
          terminal.out(`Journal: ${folder ?? 'none on disk'}`);
          const width = Math.max(...checks.map(({ name }) => name.length));
          for (const check of checks) terminal.out(lineOf(check, width));
          terminal.out(problems === 0 ? 'Well.' : `${problems} problems.`);
        }
        return done(problems === 0 ? 0 : 1);
      } finally {
        letProcessEnd();
      }
    },
  };
}

function lineOf({ name, status, found, mend }: Check, width: number): string {
  const advice = mend === undefined ? '' : ` -> ${mend}`;
  return `  ${SIGNS[status].padEnd(7)}  ${name.padEnd(width)}  ${plainLine(found, 500)}${advice}`;
}

export const doctorCommand = createDoctorCommand(systemSurroundings);
