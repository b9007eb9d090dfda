#!/bin/bash
# vpl_evaluate.sh of a VPL activity. Execution files to keep: exercise/ (the exercise's folder) and, where the jail has no network, a tarball of the
# package (npm pack k8s-ingress-sandbox), installed by `npm install --global --prefix "$HOME" ./k8s-ingress-sandbox-0.1.0.tgz`.
cat > vpl_execution <<'RUN'
#!/bin/bash
. common_script.sh
. vpl_environment.sh
mkdir -p submission
cp -r $VPL_SUBFILES submission/
npx --yes k8s-ingress-sandbox@0.1.0 grade exercise submission --student "$MOODLE_USER_ID" --require-version 0.1.0 --output vpl --exit-zero
RUN
chmod +x vpl_execution
