# A worker: perl worker.pl PORT PREFIX, the prefix of its functions' names in hex. Runs until it is killed.
use strict;
use warnings;
use Gearman::Worker;

my ($port, $prefix) = ($ARGV[0], pack("H*", $ARGV[1]));
my $worker = Gearman::Worker->new(job_servers => [{ host => "127.0.0.1", port => $port }]);

$worker->register_function($prefix . "reverse", sub { return scalar reverse $_[0]->arg });
$worker->register_function(
    $prefix . "updates",
    sub {
        my ($job) = @_;
        $job->set_status(1, 2);
        $worker->send_work_data($job, "part " . $job->arg);
        $worker->send_work_warning($job, "careful");
        $job->set_status(2, 2);
        return "whole";
    });
$worker->register_function($prefix . "exception", sub { $worker->send_work_exception($_[0], "broken"); return });
$worker->register_function($prefix . "fail", sub { return undef });

$worker->work while 1;
