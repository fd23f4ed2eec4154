// What the camera read stands behind the `#` and never leaves the phone: handed to the app by a link, or
// shown to be copied into it. Without this script the page says how to type it.
const code = location.hash.slice(1);
if (code) {
  const text = `${location.origin}/enrol#${code}`;
  const line = document.getElementById('invitation');
  const button = document.getElementById('copy');
  const [from, what] = [location.origin, code].map(encodeURIComponent);
  const asked = `enrol?server=${from}&code=${what}`;
  // On Android a link may name the app that it is for, so that no other takes the code; where that
  // app is missing, the browser comes back here.
  const app = `scheme=soban;package=soban.android;S.browser_fallback_url=${encodeURIComponent(text)}`;
  const android = navigator.userAgent.includes('Android');
  document.getElementById('open').href = android ? `intent://${asked}#Intent;${app};end` : `soban://${asked}`;
  line.textContent = text;
  document.getElementById('typed').hidden = true;
  document.getElementById('read').hidden = false;
  button.addEventListener('click', async () => {
    // Where the clipboard is out of reach, the line stands ready to be copied by hand.
    getSelection().selectAllChildren(line);
    await navigator.clipboard.writeText(text);
    button.textContent = button.dataset.copied;
  });
}
