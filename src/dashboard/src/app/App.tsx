import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import { language } from '../i18n/language';
import { shell } from '../i18n/shell';
import { ConfirmHost } from '../parts/Confirm';
import { ErrorNote, Skeleton } from '../parts/Panel';
import { goLive } from '../state/live';
import { followOverview, overview } from '../state/overview';
import { loadSession, session, sessionProblem } from '../state/session';
import { Announcer } from './Announcer';
import { Header } from './Header';
import { LazyPage } from './LazyPage';
import { Nav } from './Nav';
import { route } from './router';
import { SignIn } from './SignIn';

export function App(): JSX.Element {
    useEffect(() => { void loadSession(); }, []);
    useEffect(() => { document.documentElement.lang = language.value; }, [language.value]);
    const known = session.value;
    if (!known) {
        return (
            <main class="page">
                {sessionProblem.value ? <ErrorNote of={{ data: session, problem: sessionProblem, loading: overview.loading, at: overview.at, reload: loadSession }} />
                    : <Skeleton lines={6} />}
            </main>
        );
    }
    return known.signed_in ? <SignedIn /> : <SignIn session={known} />;
}

function SignedIn(): JSX.Element {
    useEffect(() => {
        const stops = [goLive(), followOverview()];
        return () => { for (const stop of stops) stop(); };
    }, []);
    const { page } = route.value;
    useEffect(() => { document.title = `${shell(page)} · Ballast`; }, [page, language.value]);
    return (
        <>
            <a class="skip" href="#main" onClick={(event) => { event.preventDefault(); document.getElementById('main')?.focus(); }}>{shell('skip')}</a>
            <Header />
            <div class="frame">
                <Nav />
                <main id="main" class="page" tabIndex={-1}><LazyPage name={page} key={page} /></main>
            </div>
            <ConfirmHost />
            <Announcer />
        </>
    );
}
