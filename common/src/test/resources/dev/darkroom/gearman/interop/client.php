<?php
// A client: php client.php PORT COMMAND FUNCTION [...]; names are given in hex, the payload on standard input.
[, $port, $command] = $argv;
$rest = array_slice($argv, 3);
$client = new GearmanClient();
$client->addServer('127.0.0.1', (int) $port);

function say(string $what): void
{
    fwrite(STDOUT, $what . "\n");
}

function method(string $base, string $priority, string $suffix = ''): string
{
    return $base . ($priority === 'normal' ? '' : ucfirst($priority)) . $suffix;
}

switch ($command) {
    case 'run':
        [$function, $priority, $unique, $timeout] = $rest + ['', 'normal', '', ''];
        $client->enableExceptionHandler();
        if ($timeout !== '') {
            $client->setTimeout((int) (1000 * $timeout));
        }
        $client->setDataCallback(fn ($task) => say('data ' . bin2hex($task->data())));
        $client->setWarningCallback(fn ($task) => say('warning ' . bin2hex($task->data())));
        $client->setStatusCallback(
            fn ($task) => say('status ' . $task->taskNumerator() . '/' . $task->taskDenominator()));
        $client->setExceptionCallback(fn ($task) => say('exception ' . bin2hex($task->data())));
        $client->setFailCallback(fn ($task) => say('fail'));
        $client->setCompleteCallback(fn ($task) => say('complete ' . bin2hex($task->data())));
        $add = method('addTask', $priority);
        $client->$add(hex2bin($function), stream_get_contents(STDIN), null, $unique === '' ? null : hex2bin($unique));
        if (!@$client->runTasks()) {
            say('fail');
        }
        break;
    case 'do':
        [$function, $priority] = $rest;
        $do = $priority === 'normal' ? 'doNormal' : method('do', $priority);
        $result = $client->$do(hex2bin($function), stream_get_contents(STDIN));
        say($client->returnCode() === GEARMAN_SUCCESS ? 'complete ' . bin2hex($result) : 'fail');
        break;
    case 'submit':
        [$function, $priority, $unique] = $rest;
        $do = method('do', $priority, 'Background');
        $handle = $client->$do(
            hex2bin($function),
            stream_get_contents(STDIN),
            $unique === '' ? null : hex2bin($unique));
        say("handle $handle");
        break;
    case 'status':
        [$known, $running, $numerator, $denominator] = $client->jobStatus($rest[0]);
        say(sprintf('known %d running %d %d/%d', $known, $running, $numerator, $denominator));
        break;
    case 'statusOfUnique':
        [$known, $running, $numerator, $denominator] = $client->jobStatusByUniqueKey(hex2bin($rest[0]));
        say(sprintf('known %d running %d %d/%d', $known, $running, $numerator, $denominator));
        break;
    case 'together':
        $client->setCompleteCallback(fn ($task) => say('complete ' . bin2hex($task->data())));
        foreach (array_slice($rest, 1) as $payload) {
            $client->addTask(hex2bin($rest[0]), hex2bin($payload));
        }
        $client->runTasks();
        break;
    case 'ping':
        say($client->ping(stream_get_contents(STDIN)) ? 'pong' : 'silence');
        break;
    default:
        fwrite(STDERR, "unknown command $command\n");
        exit(2);
}
