/** What a browser sees while the database is away or the app is starting: plain, and it asks again by itself. */
export function waitingPage(reason: 'starting' | 'database_unavailable'): string {
  const text =
    reason === 'starting'
      ? 'Plimsoll is starting.'
      : 'The database does not answer. Nothing is lost: senders are told to send again.';
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta http-equiv="refresh" content="2">
<title>Plimsoll is waiting</title>
</head>
<body>
<main>
<h1>One moment</h1>
<p>${text}</p>
<p>This page tries again every two seconds.</p>
</main>
</body>
</html>
`;
}
