import { mount } from 'svelte';
import './look/fonts.css';
import './look/tokens.css';
import './look/base.css';
import './look/parts.css';
import './look/paper.css';
import Root from './Root.svelte';

const target = document.getElementById('app');
if (target) mount(Root, { target });
