import { useState } from 'preact/hooks';
import { Problem } from '../api/problem';

export interface Attempt {
    /** Whether it is under way. */
    readonly busy: boolean;
    /** Why the last one did not succeed. */
    readonly problem: Problem | undefined;
    /** Does something that may be refused, and says whether it was done. Anything but a {@link Problem} is a bug and thrown on. */
    run(work: () => Promise<unknown>): Promise<boolean>;
}

/** Something that a button does: at work, done, or refused with a reason. */
export function useAttempt(): Attempt {
    const [busy, setBusy] = useState(false);
    const [problem, setProblem] = useState<Problem>();
    return {
        busy,
        problem,
        async run(work) {
            setBusy(true);
            setProblem(undefined);
            try {
                await work();
                return true;
            } catch (error) {
                if (!(error instanceof Problem)) throw error;
                setProblem(error);
                return false;
            } finally {
                setBusy(false);
            }
        },
    };
}
