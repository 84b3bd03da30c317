@S16
Feature: ConfigMaps and Secrets, as variables and as files
  A Pod reads its configuration when it begins. What it has in files follows a change after a while; what it has
  in variables, or as a single file (subPath), does not.

  Background:
    Given a cluster with 2 nodes
    And the manifests in "settings.yaml"
    And every pod is ready

  Scenario: A single key, all keys, and files
    Then variable "PLAYER_INITIAL_LIVES" in pod "game" is "3"
    And variable "DB_username" in pod "game" is "admin"
    And file "/config/game.properties" in pod "game" contains "player.maximum-lives=5"
    And file "/config/player_initial_lives" in pod "game" is missing
    # base64 in the manifest, plain inside
    And file "/etc/secret/password" in pod "game" contains "1f2d1e2e67df"

  Scenario: An update reaches the volume after a while, and never the variable or the single file
    When key "game.properties" of config map "game-demo" becomes "lives=9"
    And key "player_initial_lives" of config map "game-demo" becomes "9"
    Then file "/config/game.properties" in pod "game" contains "player.maximum-lives=5"
    And within 2 minutes file "/config/game.properties" in pod "game" contains "lives=9"
    When 10 minutes pass
    Then variable "PLAYER_INITIAL_LIVES" in pod "game" is "3"
    And file "/etc/game.properties" in pod "game" contains "player.maximum-lives=5"
    When container "demo" of pod "game" crashes
    Then within 30 seconds variable "PLAYER_INITIAL_LIVES" in pod "game" is "9"
    And file "/etc/game.properties" in pod "game" contains "lives=9"
    And every pod is ready

  Scenario: A password that is rotated is the old one to who was told it by a variable
    When key "password" of secret "credentials" is rotated to "s3cret"
    And 2 minutes pass
    Then file "/etc/secret/password" in pod "game" contains "s3cret"
    And variable "DB_password" in pod "game" is "1f2d1e2e67df"

  Scenario: A key that is not there keeps the container from being made, until it is
    When the manifest:
      """
      apiVersion: v1
      kind: Pod
      metadata: {name: needy}
      spec:
        containers:
          - name: c
            image: nginx:1.27
            env: [{name: LEVEL, valueFrom: {configMapKeyRef: {name: game-demo, key: level}}}]
      """
    And 20 seconds pass
    Then container "c" of pod "needy" is waiting with reason "CreateContainerConfigError"
    And an event "Failed" is recorded for pod "needy" saying "couldn't find key level in ConfigMap default/game-demo"
    When key "level" of config map "game-demo" becomes "debug"
    Then within 20 seconds pod "needy" is ready
    And variable "LEVEL" in pod "needy" is "debug"

  Scenario: A ConfigMap that is missing keeps the whole Pod from being made, until it is there again
    When config map "game-demo" is missing for 5 minutes
    And the manifest:
      """
      apiVersion: v1
      kind: Pod
      metadata: {name: needy}
      spec:
        volumes: [{name: config, configMap: {name: game-demo}}]
        containers: [{name: c, image: "nginx:1.27", volumeMounts: [{name: config, mountPath: /config}]}]
      """
    And 1 minute passes
    Then container "c" of pod "needy" is waiting with reason "ContainerCreating"
    And an event "FailedMount" is recorded for pod "needy" saying "MountVolume.SetUp failed for volume \"config\" : configmap \"game-demo\" not found"
    # Who runs has its files on.
    And file "/config/game.properties" in pod "game" contains "player.maximum-lives=5"
    When 4 minutes pass
    Then within 3 minutes pod "needy" is ready

  Scenario: What is immutable cannot be changed, only made anew
    When I run:
      """
      kubectl patch secret credentials -p '{"immutable":true}'
      kubectl patch secret credentials -p '{"stringData":{"password":"other"}}'
      """
    Then the command fails with "field is immutable when `immutable` is set"

  Scenario: A Secret that is missing is not missed by who runs, but by who begins
    When secret "credentials" is missing
    And 5 minutes pass
    Then pod "game" is ready
    When container "demo" of pod "game" crashes
    Then within 30 seconds container "demo" of pod "game" is waiting with reason "CreateContainerConfigError"
