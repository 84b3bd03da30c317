Feature: Clients keep connections, try again and give up
  A connection stays with the Pod that it was opened to. Who keeps one open does not hear of endpoints that come and go;
  who opens one for each request does.

  Background:
    Given a cluster with 2 nodes
    And image "slow" behaves as:
      """
      listens: [80]
      http: {/: {status: 200, after: 400ms}}
      """
    And I run "kubectl apply -f kept.yaml"
    And every pod is ready
    And 2 seconds pass

  Rule: Who keeps a connection

    Scenario: A Pod that leaves its Service keeps the connections that it has
      Given a client with keep-alive sends 5 requests per second to "http://kept/"
      And 5 seconds pass
      When I run "kubectl label pod kept app-"
      And 20 seconds pass
      Then service "kept" routes to 0 pods
      And no request failed

    Scenario: Who opens one for each request is refused
      Given a client sends 5 requests per second to "http://kept/"
      And 5 seconds pass
      When I run "kubectl label pod kept app-"
      And 20 seconds pass
      Then a request to "http://kept/" is refused
      And at most 100 requests failed

    Scenario: A process that ends closes its connections: another is opened, and what is idle loses nothing
      Given a client with keep-alive sends 5 requests per second to "http://pair/"
      And 5 seconds pass
      When I run "kubectl rollout restart deployment pair"
      Then within 5 seconds the rollout of deployment "pair" is progressing
      When 1 minute passes
      Then the rollout of deployment "pair" is complete
      And at most 1 request failed

    Scenario: What a process has accepted when it dies is reset
      Given a client with keep-alive sends 2 requests per second to "http://slow/"
      And 5100 milliseconds pass
      When container "main" of pod "slow" crashes
      And 500 milliseconds pass
      Then at most 2 requests failed
      And within 30 seconds container "main" of pod "slow" has restarted 1 time
      And within 10 seconds a request to "http://slow.default.svc/" answers 200

    Scenario: Of a node that loses power nobody hears: the client waits until it gives up
      Given a client with keep-alive, 0 retries and a time-out of 2 seconds sends 1 request per second to "http://kept/"
      And 5 seconds pass
      When node "node-2" loses power for 30 seconds
      And 3 minutes pass
      Then container "main" of pod "kept" has restarted 1 time
      And at least 10% of requests succeeded

  Rule: Who tries again

    Scenario: A second Pod answers what the first refuses
      Given a client that retries 3 times sends 5 requests per second to "http://pair/"
      And 5 seconds pass
      When a container of a pod matching "app=pair" crashes
      And 20 seconds pass
      Then sometimes exactly 1 pod matching "app=pair" was serving
      And at most 2 requests failed

    Scenario: Without another try some are refused
      Given a client with a time-out of 1 second sends 20 requests per second to "http://pair/"
      And 5 seconds pass
      When a container of a pod matching "app=pair" crashes
      And 20 seconds pass
      Then sometimes exactly 1 pod matching "app=pair" was serving
      And at least 80% of requests succeeded
