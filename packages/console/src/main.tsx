import './design/tokens.css';
import './design/base.css';
import './design/layout.css';
import './design/elements.css';
import './design/theme.ts';
import { render } from 'preact';
import { App } from './app.tsx';

const root = document.querySelector('#console');
if (root) render(<App />, root);
