import { render } from 'preact';
import { App } from './app/App';
import { startRouter } from './app/router';
import { startClock } from './state/clock';
import './styles/tokens.css';
import './styles/base.css';
import './styles/parts.css';
import './styles/shell.css';

startRouter();
startClock();
render(<App />, document.getElementById('app')!);
