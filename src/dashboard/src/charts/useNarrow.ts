import { useEffect, useState } from 'preact/hooks';

/** True where a row takes two lines because the screen has no room for all columns side by side. */
export function useNarrow(query = '(max-width: 859px)'): boolean {
    const [narrow, setNarrow] = useState(() => matchMedia(query).matches);
    useEffect(() => {
        const media = matchMedia(query);
        const follow = (): void => setNarrow(media.matches);
        media.addEventListener('change', follow);
        return () => media.removeEventListener('change', follow);
    }, [query]);
    return narrow;
}
