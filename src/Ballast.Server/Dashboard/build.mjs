// Makes the dashboard's files ready to be put into the program: node build.mjs <src/dashboard> <output>
//   <output>/files/**.br   what vite makes, each file compressed; the program serves them as they are
//   <output>/built.txt     which sources they were made of
// Exit code 3: Node is too old, or there is no npm.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';

const [source, output] = process.argv.slice(2).map(path => resolve(path));
const stamp = join(output, 'built.txt');
const lock = join(output, 'lock');
const notSources = new Set(['node_modules', 'dist', 'artifacts']);

function filesIn(folder, without = new Set()) {
    return readdirSync(folder, { withFileTypes: true })
        .filter(entry => !without.has(entry.name))
        .flatMap(entry => entry.isDirectory() ? filesIn(join(folder, entry.name)) : [join(folder, entry.name)])
        .sort();
}

function digest(folder, files) {
    const hash = createHash('sha256');
    for (const file of files)
        hash.update(relative(folder, file)).update('\0').update(readFileSync(file)).update('\0');
    return hash.digest('hex');
}

function read(file) {
    return existsSync(file) ? readFileSync(file, 'utf8') : '';
}

function isRunning(id) {
    try {
        process.kill(id, 0);
        return true;
    } catch (problem) {
        return problem.code === 'EPERM';
    }
}

// Two builds at once: one works, the other waits, and then finds that nothing is left to do. A builder that was killed holds nobody up.
async function alone() {
    for (;;) {
        try {
            mkdirSync(lock);
            writeFileSync(join(lock, 'owner'), `${process.pid}`);
            process.on('exit', () => rmSync(lock, { recursive: true, force: true }));
            return;
        } catch (problem) {
            if (problem.code !== 'EEXIST')
                throw problem;
        }
        const owner = Number(read(join(lock, 'owner')));
        const age = Date.now() - (statSync(lock, { throwIfNoEntry: false })?.mtimeMs ?? Date.now());
        if (owner ? !isRunning(owner) : age > 5000)
            rmSync(lock, { recursive: true, force: true });
        await new Promise(later => setTimeout(later, 100));
    }
}

function npm(...words) {
    const windows = process.platform === 'win32';
    const done = spawnSync('npm', words, { cwd: source, stdio: ['ignore', 'inherit', 'inherit'], shell: windows });
    if (done.error?.code === 'ENOENT')
        process.exit(3);
    if (done.status !== 0) {
        console.error(`npm ${words.slice(0, 2).join(' ')} failed in ${source}`);
        process.exit(1);
    }
}

function install() {
    const wanted = digest(source, [join(source, 'package.json'), join(source, 'package-lock.json')]);
    const installed = join(source, 'node_modules', '.installed');
    if (read(installed) === wanted)
        return;
    npm('ci', '--ignore-scripts', '--no-audit', '--no-fund');
    mkdirSync(dirname(installed), { recursive: true });
    writeFileSync(installed, wanted);
}

function compress(from, to) {
    rmSync(to, { recursive: true, force: true });
    for (const file of filesIn(from).filter(file => !file.endsWith('.map'))) {
        const text = readFileSync(file);
        const compressed = join(to, relative(from, file) + '.br');
        mkdirSync(dirname(compressed), { recursive: true });
        writeFileSync(compressed, brotliCompressSync(text, {
            params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 22, [constants.BROTLI_PARAM_SIZE_HINT]: text.length },
        }));
    }
}

const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19))
    process.exit(3);

mkdirSync(output, { recursive: true });
await alone();
const made = digest(source, filesIn(source, notSources)) + digest(dirname(process.argv[1]), [process.argv[1]]);
if (read(stamp) === made) {
    utimesSync(stamp, new Date(), new Date());
} else {
    rmSync(stamp, { force: true });
    install();
    npm('run', 'build', '--', '--outDir', join(output, 'dist'), '--emptyOutDir');
    compress(join(output, 'dist'), join(output, 'files'));
    writeFileSync(stamp, made);
}
