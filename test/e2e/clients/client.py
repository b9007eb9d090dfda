import json

from kubernetes import client, config, watch
from kubernetes.client.rest import ApiException
from kubernetes.stream import stream

config.load_kube_config()
core = client.CoreV1Api()
apps = client.AppsV1Api()
said = {}

said["version"] = client.VersionApi().get_code().git_version
deployments = apps.list_namespaced_deployment("default")
said["listed"] = [each.metadata.name for each in deployments.items]
pod = core.list_namespaced_pod("default", label_selector="app=web").items[0].metadata.name

start = core.list_namespaced_config_map("default").metadata.resource_version
body = client.V1ConfigMap(metadata=client.V1ObjectMeta(name="made"), data={"a": "a"})
said["created"] = core.create_namespaced_config_map("default", body).data["a"]
try:
    core.create_namespaced_config_map("default", body)
except ApiException as error:
    status = json.loads(error.body)
    said["refused"] = [error.status, status["reason"], status["message"]]
said["patched"] = core.patch_namespaced_config_map("made", "default", {"data": {"a": "b", "c": "d"}}).data
core.delete_namespaced_config_map("made", "default")
try:
    core.read_namespaced_config_map("made", "default")
except ApiException as error:
    said["missing"] = error.status

said["watched"] = []
watching = watch.Watch()
for event in watching.stream(core.list_namespaced_config_map, "default", resource_version=start, timeout_seconds=20):
    said["watched"].append(event["type"] + " " + event["object"].metadata.name)
    if event["type"] == "DELETED":
        watching.stop()

connect = core.connect_get_namespaced_pod_exec
streams = dict(stderr=True, stdout=True, tty=False)
command = ["sh", "-c", "echo out; exit 3"]
running = stream(connect, pod, "default", command=command, stdin=False, _preload_content=False, **streams)
running.run_forever(timeout=10)
said["code"] = running.returncode
said["said"] = running.read_all()

command = ["sh", "-c", 'read line; echo "got $line"']
running = stream(connect, pod, "default", command=command, stdin=True, _preload_content=False, **streams)
running.write_stdin("hello\n")
said["interactive"] = running.readline_stdout(timeout=10)
running.close()

print(json.dumps(said))
