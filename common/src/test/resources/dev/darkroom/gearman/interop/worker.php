<?php
// A worker: php worker.php PORT PREFIX, the prefix of its functions' names in hex. Runs until it is killed.
[, $port, $prefix] = $argv;
$prefix = hex2bin($prefix);
$worker = new GearmanWorker();
$worker->addServer('127.0.0.1', (int) $port);

$worker->addFunction($prefix . 'reverse', fn (GearmanJob $job) => strrev($job->workload()));
$worker->addFunction($prefix . 'updates', function (GearmanJob $job) {
    $job->sendStatus(1, 2);
    $job->sendData('part ' . $job->workload());
    $job->sendWarning('careful');
    $job->sendStatus(2, 2);
    return 'whole';
});
$worker->addFunction($prefix . 'exception', function (GearmanJob $job) {
    $job->sendException('broken');
});
$worker->addFunction($prefix . 'fail', function (GearmanJob $job) {
    $job->setReturn(GEARMAN_WORK_FAIL);
});
$worker->addFunction($prefix . 'unique', fn (GearmanJob $job) => $job->unique());

while ($worker->work() || $worker->returnCode() === GEARMAN_TIMEOUT || $worker->returnCode() === GEARMAN_WORK_FAIL);
fwrite(STDERR, 'ended: ' . $worker->error() . "\n");
